"""Templates: tidy by djade, and each of them compiles."""

import subprocess
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path("letterhead")
FORBIDDEN = ("<script>", " style=", " onclick=", " hx-on", "javascript:")


def main() -> int:
    """Print what is wrong with a template, one line each; give 1 if anything is."""
    files = sorted(ROOT.glob("*/templates/**/*.html"))
    djade = [str(Path(sys.executable).parent / "djade"), "--check", "--target-version", "5.2"]
    untidy = subprocess.run([*djade, *map(str, files)], check=False).returncode if files else 0
    django.setup()
    wrong = [line for file in files for line in _wrong_with(file)]
    print("\n".join(wrong))
    return 1 if wrong or untidy else 0


def _wrong_with(file: Path) -> list[str]:
    text = file.read_text()
    found = [
        f"{file}: {word.strip()} breaks the content policy" for word in FORBIDDEN if word in text
    ]
    name = file.relative_to(ROOT / file.parts[1] / "templates")
    try:
        get_template(str(name))
    except TemplateSyntaxError as error:
        found.append(f"{file}: {error}")
    return found


if __name__ == "__main__":
    sys.exit(main())
