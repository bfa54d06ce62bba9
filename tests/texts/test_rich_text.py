"""What people type, paste and attack with becomes a little clean HTML, and stays that way."""

import re
from contextlib import suppress

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letterhead.texts.rich_text import (
    MOST_HTML,
    TooMuch,
    as_plain_text,
    clean_html,
    from_plain_text,
    length_of,
)
from tests.work import calls_in

CLEANED = {
    # what an editor and word processors write
    "words alone": ("hello", "<p>hello</p>"),
    "nothing": (" <p> </p><p><br></p>", ""),
    "bold and italic": ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
    "nested the other way": (
        "<em><strong>a</strong></em>",
        "<p><strong><em>a</em></strong></p>",
    ),
    "divs": ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
    "line breaks": ("<p>a<br>b<br><br>c</p>", "<p>a</p><p>b</p><p>c</p>"),
    "a break in a heading": ("<h3>a<br>b</h3>", "<h3>a b</h3>"),
    "blanks": ("<p> a&nbsp;&nbsp; b\n c </p>", "<p>a b c</p>"),
    "six levels": (
        "<h1>a</h1><h2>b</h2><h6>c</h6><h1>d</h1>",
        "<h3>a</h3><h4>b</h4><h4>c</h4><h3>d</h3>",
    ),
    "a low level first": ("<h5>a</h5><h2>b</h2>", "<h3>a</h3><h3>b</h3>"),
    "lists": (
        "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>",
        "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>",
    ),
    "a list in a list": (
        "<ul><li>a<ol><li>b</li></ol>c</li></ul>",
        "<ul><li>a</li><li>b</li><li>c</li></ul>",
    ),
    "a list of paragraphs": ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
    "Google Docs": (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7f">'
        '<p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:700;">a'
        '</span><span style="font-style:italic;font-weight:400"> b</span></p></b>',
        "<p><strong>a</strong><em> b</em></p>",
    ),
    "Word": (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p.Mso {} -->"
        "</style></head><body><!--StartFragment--><p class=MsoNormal><b>a<o:p></o:p></b></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>b</p>"
        "<p class=MsoListParagraph>·&nbsp; c</p><!--EndFragment--></body></html>",
        "<p><strong>a</strong></p><ul><li>b</li><li>c</li></ul>",
    ),
    "Word's bold beside what is said of other scripts": (
        "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>a</b> "
        "<i style='mso-bidi-font-style:normal'>b</i> "
        "<span style='mso-bidi-font-weight:bold;mso-bidi-font-style:italic'>c</span> "
        "<b style='mso-ansi-language:EN-US;mso-bidi-font-weight:400'>d</b></p>",
        "<p><strong>a</strong> <em>b</em> c <strong>d</strong></p>",
    ),
    "bold that isn't, beside what is said of other scripts": (
        "<b style='mso-bidi-font-weight:bold; font-weight : normal'>a</b> "
        "<em style='font-style:normal;mso-bidi-font-style:italic'>b</em>",
        "<p>a b</p>",
    ),
    "a mark styled plain in the other way": (
        '<i style="font-weight:400">a</i> <b style="font-style:normal">b</b>',
        "<p><em>a</em> <strong>b</strong></p>",
    ),
    "bold by its number": (
        '<b style="font-weight:1000">a</b> <span style="font-weight:650">b</span>',
        "<p><strong>a</strong> <strong>b</strong></p>",
    ),
    "a table": ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a b</p>"),
    "what reads as HTML": ("<p>1 &lt; 2 &amp;amp; 3</p>", "<p>1 &lt; 2 &amp;amp; 3</p>"),
    "entities that spell a tag": ("&lt;img src=x&gt;", "<p>&lt;img src=x&gt;</p>"),
    # links
    "a link": (
        '<a href="https://a.example/?b=1&c=2" target="_blank" onclick="x()">a</a>',
        '<p><a href="https://a.example/?b=1&amp;c=2" rel="nofollow noopener">a</a></p>',
    ),
    "a mail address": (
        '<a href="mailto:a@b.example">a</a>',
        '<p><a href="mailto:a@b.example" rel="nofollow noopener">a</a></p>',
    ),
    "a phone": (
        '<a href="tel:+12125550142">a</a>',
        '<p><a href="tel:+12125550142" rel="nofollow noopener">a</a></p>',
    ),
    "a link of nothing": ('a<a href="https://a.example"> </a>b', "<p>a b</p>"),
    "a link to a place of ours": ('<a href="/my-details/">a</a>', "<p>a</p>"),
    "a link by another protocol": ('<a href="ftp://a.example">a</a>', "<p>a</p>"),
    # attacks
    "script": ("a<script>alert(1)</script>b", "<p>ab</p>"),
    "script never closed": ("a<script>alert(1)", "<p>a</p>"),
    "script in capitals": ("a<ScRiPt/x>alert(1)</sCrIpT >b", "<p>ab</p>"),
    "style": ("<style>body{display:none}</style>a", "<p>a</p>"),
    "a style attribute": ('<p style="position:fixed">a</p>', "<p>a</p>"),
    "an event": ("<p onclick=alert(1) onmouseover='x'>a</p>", "<p>a</p>"),
    "a picture": ("a<img src=x onerror=alert(1)>", "<p>a</p>"),
    "a frame": ("a<iframe src='javascript:alert(1)'></iframe>", "<p>a</p>"),
    "a form": ("<form action=//evil.example><input name=a>b<button>c</button></form>", "<p>bc</p>"),
    "svg": ("a<svg onload=alert(1)><a xlink:href='javascript:1'>b</a></svg>", "<p>a</p>"),
    "math": ("a<math><mtext><img src=x onerror=alert(1)></math>", "<p>a</p>"),
    "javascript:": ('<a href="javascript:alert(1)">a</a>', "<p>a</p>"),
    "javascript: in disguise": ('<a href=" jAvA&#10;script&#58;alert(1)">a</a>', "<p>a</p>"),
    "vbscript:": ('<a href="vbscript:x">a</a>', "<p>a</p>"),
    "data:": ('<a href="data:text/html,<script>1</script>">a</a>', "<p>a</p>"),
    "an attribute that breaks out": (
        "<a href='https://a.example/\"onclick=\"a()'>a</a>",
        '<p><a href="https://a.example/&quot;onclick=&quot;a()" rel="nofollow noopener">a</a></p>',
    ),
    "a comment": ("a<!-- <script>alert(1)</script> -->b", "<p>ab</p>"),
    "a comment that ends oddly": ("a<!--><img src=x onerror=alert(1)>-->b", "<p>a--&gt;b</p>"),
    "a declaration": ("<!DOCTYPE x [<!ENTITY y 'z'>]>a", "<p>]&gt;a</p>"),
    "an object": ("<object data=x></object><embed src=x><applet></applet>a", "<p>a</p>"),
    "base and meta": ("<base href=//evil.example><meta http-equiv=refresh content=0>a", "<p>a</p>"),
    "a custom element": ("<x-y onclick=alert(1)>a</x-y>", "<p>a</p>"),
    "null characters": ("a\x00b<scr\x00ipt>c</scr\x00ipt>", "<p>ab</p>"),
    "unpaired surrogates": ("a\ud83db\udc00", "<p>ab</p>"),
    "control characters": ("a\x1b[2Jb\x7f", "<p>a[2Jb</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "clean"), CLEANED.values(), ids=CLEANED)
def test_html_is_cleaned(typed: str, clean: str) -> None:
    assert clean_html(typed) == clean
    assert clean_html(clean) == clean


BOMBS = {
    "one in the other": "<div>" * 7_900,
    "lists in lists": "<ul><li>" * 4_900,
    "marks that each paragraph repeats": "<p>"
    + "".join(f"<b id={n}>" for n in range(1_500))
    + "</p>"
    + "<p>x</p>" * 2_000,
    "marks that close nothing": "<div>" * 4_000 + "<b>" + "</b>" * 4_800,
    "tables in tables": "<table><td>" * 3_600,
    "tags never closed": "<a" * 19_000,
    "comments never closed": "<!--" * 9_900,
    "declarations": "<![x[" * 7_900,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_of_tags_is_read_in_a_few_calls_a_character(bomb: str) -> None:
    """What the parser makes of it stays about as long, or reading it would take many more."""
    assert len(bomb) <= MOST_HTML

    def read() -> None:
        with suppress(TooMuch):
            assert len(clean_html(bomb)) <= MOST_HTML

    assert calls_in(read) <= 25 * len(bomb)


def test_a_megabyte_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooMuch):
        clean_html("<p>x</p>" * 125_000)


def test_what_grows_over_the_limit_by_being_cleaned_is_refused() -> None:
    with pytest.raises(TooMuch):
        clean_html("&" * 9_000)


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<br>", "<h1>", "</h1>", "<h4>", "</h4>", "<h6>"),
    *("<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>", "<td>"),
    *("<a href=https://x.example>", "<a href='javascript:x'>", "</a>", "<b style=font-weight:400>"),
    *("<span style='font-weight:700'>", "</span>", "<script>", "</script>", "<svg>", "<style>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "&#0;", "&amp;lt;", "<math>", "<title>"),
    *("<select>", "<template>", "<textarea>", "<plaintext>", "<img src=x onerror=alert(1)>"),
    *("• ", "- ", "1. ", "\n", " ", "\xa0", '"', "'", ">", "<", "=", "word"),
]
soups = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map("".join)
WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="•·▪◦‣"), min_size=1, max_size=8
)


@given(soups)
def test_cleaning_again_changes_nothing(soup: str) -> None:
    once = clean_html(soup)

    assert clean_html(once) == once


@given(soups)
@example('<a href="https://x.example" onclick="x()"><b style="font-weight:700">word</b></a>')
def test_nothing_but_text_lists_headings_and_links_is_left(soup: str) -> None:
    html = clean_html(soup)

    tags = {tag.lower() for tag in re.findall(r"</?([^\s>]+)[^>]*>", html)}
    assert tags <= {"p", "h3", "h4", "strong", "em", "ul", "ol", "li", "a"}
    attributes = re.findall(r"<\w+ ([^>]*)>", html)
    assert len(attributes) == html.count("<a")
    assert all(
        re.fullmatch(r'href="https://[^"]*" rel="nofollow noopener"', each) for each in attributes
    )
    assert nh3.clean(html, tags=tags | {"p"}, link_rel="nofollow noopener") == html


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6))
def test_text_is_kept(paragraphs: list[str]) -> None:
    escaped = [nh3.clean_text(each) for each in paragraphs]

    html = clean_html("".join(f"<div><b>{each}</b></div>" for each in escaped))

    assert as_plain_text(html).split("\n\n") == (paragraphs or [""])


@given(soups)
def test_an_untouched_textarea_keeps_everything(soup: str) -> None:
    html = clean_html(soup)

    assert from_plain_text(as_plain_text(html), saved=html) == html


@given(soups)
def test_plain_text_comes_back_as_it_was_typed(soup: str) -> None:
    html = from_plain_text(soup)

    assert from_plain_text(as_plain_text(html)) == html
    assert clean_html(html) == html


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    typed = (
        "Hello\r\n\r\n\r\nYou bring:\r\n- a list\r\n* a friend\r\n\r\n1. sit\r\n2) talk\r\n<b>Bye"
    )

    assert from_plain_text(typed) == (
        "<p>Hello</p><p>You bring:</p><ul><li>a list</li><li>a friend</li></ul>"
        "<ol><li>sit</li><li>talk</li></ol><p>&lt;b&gt;Bye</p>"
    )


def test_html_reads_as_people_type_it() -> None:
    html = (
        "<h3>Hi</h3><p>a <em>b</em></p><ul><li>c</li><li>d</li></ul><ol><li>e</li><li>f</li></ol>"
    )

    assert as_plain_text(html) == "Hi\n\na b\n\n- c\n- d\n\n1. e\n2. f"


def test_only_the_line_that_was_changed_loses_its_formatting() -> None:
    saved = "<h3>Hi</h3><p>I am <em>here</em>.</p><p>You are <em>there</em>.</p>"
    typed = as_plain_text(saved).replace("there", "elsewhere")

    assert from_plain_text(typed, saved=saved) == (
        "<h3>Hi</h3><p>I am <em>here</em>.</p><p>You are elsewhere.</p>"
    )


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("", 0),
        ("<p>abc</p>", 3),
        ("<h3>ab</h3><ul><li>c</li><li>d e</li></ul>", 6),
        ("<p>1 &lt; 2</p>", 5),
        ("<p>Jose\u0301</p>", 4),
        ("<p>👩\u200d👩\u200d👧</p>", 1),
        ("<p>👍🏽</p>", 1),
        ("<p>नि</p>", 1),
        ("<p>\u1112\u1161\u11ab\uad6d</p>", 2),  # 한국, half of it as a Mac writes names of files
        ("<p>a\u200bb\ufeff</p>", 2),  # an editor and pasted pages leave these behind
    ],
)
def test_characters_are_counted_as_a_reader_does(html: str, length: int) -> None:
    assert length_of(html) == length
