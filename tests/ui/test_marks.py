"""What differs is marked, word by word; nothing else is, and nothing typed becomes markup."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.ui.marks import marked, marked_values


@pytest.mark.parametrize(
    ("now", "was", "html"),
    [
        ("Dana Rivera, RDN", "Dana Rivera, RDN", "Dana Rivera, RDN"),
        ("Dana Rivera, RDN, PhD", "Dana Rivera, RDN,", "Dana Rivera, RDN, <mark>PhD</mark>"),
        ("RDN, PhD, FAND", "RDN, PhD", "RDN, PhD, <mark>FAND</mark>"),
        ("LCSW, RDN", "RDN", "<mark>LCSW</mark>, RDN"),
        ("RDN", "RDN, PhD", "<mark>RDN</mark>"),
        ("RDN, PhD", "RDN PhD", "<mark>RDN, PhD</mark>"),
        ("Dana M. Rivera", "Dana Rivera", "Dana <mark>M.</mark> Rivera"),
        ("new and whole", None, "<mark>new and whole</mark>"),
        ("new and whole", "", "<mark>new and whole</mark>"),
        ("", "gone", ""),
        ("a & <b>", "a & c", "a &amp; <mark>&lt;b&gt;</mark>"),
    ],
)
def test_the_words_that_differ_are_marked(now: str, was: str | None, html: str) -> None:
    assert marked(now, was) == html


@given(st.text(), st.one_of(st.none(), st.text()))
def test_without_its_marks_a_text_is_what_it_was(now: str, was: str | None) -> None:
    html = marked(now, was)

    assert unescape(re.sub("</?mark>", "", html)) == now
    assert "<" not in re.sub("</?mark>", "", html)
    assert ("<mark>" in html) <= (now != was)


def test_entries_are_compared_with_what_they_were_although_others_come_first() -> None:
    was = [("NPI", "1"), ("Email", "a@b.example")]
    now = [("NPI", "1"), ("Work", "555"), ("Email", "c@b.example")]

    assert marked_values({"facts": now, "name": "D"}, {"facts": was, "name": "D"}) == {
        "facts": [
            ["NPI", "1"],
            ["<mark>Work</mark>", "<mark>555</mark>"],
            ["<mark>Email</mark>", "<mark>c@b.example</mark>"],
        ],
        "name": "D",
    }
