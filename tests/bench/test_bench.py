"""The measures' own reading of pages; nothing here depends on time."""

from tests.bench.wire import form_fields

PAGE = """<form>
<input type="hidden" name="version" value="3"><input name="first" value="Dana &amp; Co">
<input type="checkbox" name="on"><input type="checkbox" name="off_is_absent" checked value="yes">
<select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
<select name="first_counts"><option value="">Choose</option><option value="x">X</option></select>
<textarea name="note">
two
lines</textarea>
<input type="submit" name="_save" value="Save"></form>"""


def test_a_form_is_sent_as_a_browser_would_send_it_unchanged() -> None:
    assert form_fields(PAGE) == {
        "version": "3",
        "first": "Dana & Co",
        "off_is_absent": "yes",
        "kind": "b",
        "first_counts": "",
        "note": "two\nlines",
    }
