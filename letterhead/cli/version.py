"""`letterhead --version`: the program's version, and how the database stands to it."""

from argparse import Action, ArgumentParser
from importlib.metadata import version

from letterhead.cli.refusals import in_one_line, is_refusal


class ShowVersion(Action):
    """Print the version and exit 0, whatever the installation is like."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        print(f"letterhead {version('letterhead')}")
        print(_installation())
        parser.exit()


def _installation() -> str:
    from letterhead.cli.database import missing_migrations, start_django

    try:
        start_django()
        missing = len(missing_migrations())
    except Exception as refusal:
        if not is_refusal(refusal):
            raise
        return in_one_line(refusal)
    from django.conf import settings

    behind = f"{missing} migrations behind: run `letterhead migrate`"
    standing = behind if missing else "at this version"
    return f"Data directory: {settings.DATA_DIR}\nDatabase: {standing}"
