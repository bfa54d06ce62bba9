"""Keys for one test."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from letterhead.activity.chain import sealed_of
from letterhead.activity.models import ChainHead


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path, db: None) -> Path:
    """One key in a file, as in a data directory of its own, and nothing encrypted with another."""
    file = tmp_path / "encryption_keys"
    file.write_text(Fernet.generate_key().decode())
    file.chmod(0o600)
    settings.ENCRYPTION_KEYS, settings.ENCRYPTION_KEYS_FILE = [], file
    head = ChainHead.objects.defer("seal").get(chain=0)
    head.seal = sealed_of(head)
    head.save()
    return file
