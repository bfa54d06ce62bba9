"""`python -m letterhead` is the `letterhead` command."""

import sys

from letterhead.cli.main import run

sys.exit(run())
