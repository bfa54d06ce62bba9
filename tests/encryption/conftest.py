"""Keys for one test."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> Path:
    """One key in a file, as in a data directory of its own."""
    file = tmp_path / "encryption_keys"
    file.write_text(Fernet.generate_key().decode())
    file.chmod(0o600)
    settings.ENCRYPTION_KEYS, settings.ENCRYPTION_KEYS_FILE = [], file
    return file
