"""The guide: each page is there, leads on, names what exists, and lets no HTML through."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

import letterhead
from letterhead.ui.guide import FOLDER, START, contents, pages, rendered, url_of

ROOM = Path(letterhead.__file__).parent
SOURCES = [p for end in ("html", "py") for p in ROOM.rglob(f"*.{end}") if p.name != "guide.py"]
DRAWN = {  # labels put together by a template
    "Preview Superbill PDF": "Preview {{ file }}",
    "New superbill for these": "{{ new_bill }} for these",
}
LABEL = re.compile(r"\*\*([^*]+)\*\*")
HELP = re.compile(
    r"""help about=(?:_\()?"?([^"=]+?)"?\)? """
    r"""page="([^"]+)" text=(?:_\()?"([^"]+)"\)? %}"""
)
pytestmark = pytest.mark.django_db


class Drawn(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name: value or "" for name, value in attrs}


def links(html: str) -> set[str]:
    """Where a text leads to inside Letterhead, links that no longer lead anywhere too."""
    return {link for link in re.findall(r'href="([^"]*)"', html) if not link.startswith("https:")}


def leads_to_the_guide() -> set[str]:
    return {url_of(name) for name in pages()}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_every_file_is_a_page_that_anybody_may_read(client: Client, file: Path) -> None:
    answer = client.get(url_of(file.stem))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert f">{file.read_text().splitlines()[0].removeprefix('# ')}</h1>" in text
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not answer.cookies


def test_the_contents_name_every_file_and_no_other() -> None:
    assert set(pages()) == {file.stem for file in FOLDER.glob("*.md")}


def test_a_page_is_the_same_to_everybody(client: Client, cast: SimpleNamespace) -> None:
    to_strangers = client.get("/guide/").content
    client.force_login(cast.dana.user)

    assert client.get("/guide/").content == to_strangers


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    there = {
        f"{page.url}{heading}"
        for page in pages().values()
        for heading in ("", *(f"#{id}" for id in re.findall(r' id="([^"]+)"', page.html)))
    }
    leads = {(name, link) for name, page in pages().items() for link in links(page.html)}

    assert len(leads) >= 50
    assert {(name, link) for name, link in leads if link not in there} == set()


def test_every_page_is_reached_from_the_first_by_links_in_the_text() -> None:
    by_url = {page.url: page for page in pages().values()}
    found, new = set[str](), {url_of(START)}
    while new:
        found |= new
        read = {link.partition("#")[0] for url in new for link in links(by_url[url].html)}
        new = read - found

    assert found == leads_to_the_guide()


def test_the_next_page_leads_back(client: Client) -> None:
    row = [page.url for page in pages().values()]
    for here, there in zip(row, row[1:], strict=False):
        assert f'href="{there}" rel="next"' in client.get(here).content.decode()
        assert f'href="{here}" rel="prev"' in client.get(there).content.decode()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_what_is_set_in_bold_stands_so_on_a_page(file: Path) -> None:
    """Bold words are labels, to the letter; sentences in bold end with a point."""
    pages_of_ours = "\n".join(source.read_text() for source in SOURCES).replace("'", "’")
    labels = LABEL.findall(file.read_text())
    assert labels
    for label in labels:
        written = re.escape(DRAWN.get(label, label))
        found = re.search(rf"""[>"}}]\s*{written}\s*[<"{{]""", pages_of_ours)

        assert found or label.endswith("."), label


def helps() -> list[tuple[str, str, str]]:
    """What each "?" is about, the page it leads to, and its text."""
    templates = [path.read_text() for path in SOURCES if path.suffix == ".html"]
    return [found for text in templates for found in HELP.findall(text)]


def test_every_help_is_short_and_leads_to_a_page() -> None:
    for about, page, text in helps():
        assert page in pages(), about
        assert 2 <= len(re.findall(r"[.?!](?: |$)", text)) <= 3, about


def test_every_help_is_written_so_that_this_file_finds_it() -> None:
    written = sum(path.read_text().count("{% help ") for path in SOURCES if path.suffix == ".html")

    assert len(helps()) == written > 0


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "So <b onclick=alert(1)>bold</b>",
        "[here](javascript:alert(1))",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        '<https://x.example/"onmouseover=alert(1)>',
    ],
)
def test_html_is_text_and_no_link_runs_a_script(typed: str) -> None:
    drawn = Drawn()
    drawn.feed(rendered(typed)[1])

    assert {"p"} <= set(drawn.tags) <= {"p", "a"}
    assert set(drawn.attributes) <= {"href"}
    assert all(target.startswith("https:") for target in drawn.attributes.values())


def test_a_name_that_is_no_page_is_not_found(client: Client) -> None:
    for path in ("/guide/no-such-page/", "/guide/..%2F..%2FREADME/", "/guide/README/"):
        assert client.get(path).status_code == 404


def test_the_guide_is_only_read(client: Client) -> None:
    assert client.post("/guide/").status_code == 405


def test_the_pages_about_us_claims_come_last_and_say_whom_they_are_for() -> None:
    _, last = contents()[-1]

    assert [page.name for page in last] == ["claim-readiness", "cms-1500"]
    for page in last:
        first = page.html.partition("</h1>")[2].strip().partition("</p>")[0]
        assert "For practices that bill payers in the United States." in first
