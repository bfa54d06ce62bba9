"""The editor of the description, by keyboard and mouse; and the plain field without scripts."""

from playwright.sync_api import Locator, Page, expect

from letterhead.texts.rich_text import length_of
from tests.browser import Auditor, Tabs, sign_in
from tests.journeys.people import error_beside, opens, saves
from tests.served import Served

LABEL = "Provider Description"
NOOR = "noor@riverside.example"  # the demo writes nothing for her
PASTE = """([html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""
HOSTILE = """<html><head><style>p { color: red }</style><title>no</title></head><body>
<!--StartFragment--><h1 style="color: red" onclick="window.ran = 1">Hello</h1>
<script>window.ran = 1</script><img src="x" onerror="window.ran = 1">
<p style="font-family: Comic Sans MS">I am <span style="font-weight: 700">here</span>
<a href="javascript:window.ran = 1">now</a> and <a href="https://a.example" style="x">there</a>.</p>
<svg onload="window.ran = 1"><style>a</style></svg><iframe src="data:text/html,x"></iframe>
<form><input value="no"><button>Press</button></form><!--EndFragment--></body></html>"""
WORD = """<!--StartFragment--><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Calm</b>
and <i style='mso-bidi-font-style:normal'>clear</i>,
<span style='mso-bidi-font-weight:bold;mso-bidi-font-style:italic'>in Arabic</span>,
<b style='mso-bidi-font-weight:bold;font-weight:normal;font-style:italic'>too</b></p>"""
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
<p dir="ltr"><span style="font-size:11pt;font-style:italic;">Softly</span><span> spoken</span></p>
<ul><li dir="ltr"><p>One</p></li><li dir="ltr"><p>Two</p></li></ul></b>"""


def editor(page: Page) -> Locator:
    """The editor, once it has taken the plain field's place."""
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page.get_by_role("textbox", name=LABEL)


def described(page: Page) -> str:
    """The description as My Details shows it, as HTML."""
    section = page.get_by_role("region", name=LABEL)
    return section.locator(".prose").inner_html()


def test_a_description_is_written_by_keyboard_alone(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), NOOR)
    dialog = opens(page, "Edit Provider Description")
    text = editor(page)
    expect(text).to_be_focused()

    page.keyboard.type("I am ")
    page.keyboard.press("Control+b")
    expect(dialog.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("here")
    page.keyboard.press("Control+b")
    page.keyboard.type(", écouter 👩\u200d👩\u200d👧.")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="Heading")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")  # Bulleted list
    page.keyboard.type("Come")
    page.keyboard.press("Enter")
    page.keyboard.type("Write")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    assert "isn’t a valid address" in error_beside_link(dialog)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("desk@riverside.example")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    shown = dialog.get_by_text("of 5,000", exact=False).first
    expect(shown).to_have_text("30 of 5,000 characters")
    page.keyboard.press("Tab")  # leaves the text: no trap
    expect(text).not_to_be_focused()
    saves(dialog, said="Provider Description saved")

    assert described(page) == (
        "<p>I am <strong>here</strong>, écouter 👩\u200d👩\u200d👧.</p><ul><li>Come</li><li>"
        '<a href="mailto:desk@riverside.example" rel="nofollow noopener">Write</a></li></ul>'
    )
    assert length_of(described(page)) == 30
    expect(page.get_by_role("button", name="Edit Provider Description")).to_be_focused()


def error_beside_link(dialog: Locator) -> str:
    """What the row that asks for a link says is wrong."""
    field = dialog.get_by_label("Address of the link")
    expect(field).to_be_focused()
    return error_beside(field)


def test_only_changes_are_asked_about(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), NOOR)
    dialog = opens(page, "Edit Provider Description")
    text = editor(page)
    page.keyboard.type("Hello")
    dialog.get_by_role("button", name="Heading").click()
    expect(text.get_by_role("heading", name="Hello", level=3)).to_be_visible()
    saves(dialog, said="Provider Description saved")

    opens(page, "Edit Provider Description")
    expect(editor(page).get_by_role("heading", name="Hello")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    dialog = opens(page, "Edit Provider Description")
    editor(page)
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Discard your changes?")).to_be_visible()
    page.get_by_role("button", name="Keep editing").click()
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog.get_by_role("button", name="Redo")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert described(page) == "<h3>Hello</h3>"


def test_what_is_pasted_is_cleaned_before_it_is_seen(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), NOOR)
    dialog = opens(page, "Edit Provider Description")
    text = editor(page)

    page.evaluate(PASTE, [HOSTILE, "Hello"])
    expect(text.get_by_role("link", name="there")).to_be_visible()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, [GOOGLE, "Softly spoken"])
    expect(text.get_by_role("listitem")).to_have_count(2)

    html = text.inner_html()
    assert not any(part in html for part in ("style", "onclick", "<script", "<img", "javascript"))
    saves(dialog, said="Provider Description saved")
    kept = described(page)
    assert page.evaluate("window.ran") is None
    assert "<h3>Hello</h3><p>I am <strong>here</strong> now and <a href=" in kept
    assert "<p><em>Softly</em> spoken</p><ul><li>One</li><li>Two</li></ul>" in kept


def test_words_bold_is_kept_as_it_is_pasted(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), NOOR)
    dialog = opens(page, "Edit Provider Description")
    text = editor(page)

    page.evaluate(PASTE, [WORD, "Calm and clear, in Arabic too"])
    expect(text.locator("b")).to_have_text("Calm")
    expect(text.locator("i")).to_have_text(["clear", "too"])

    saves(dialog, said="Provider Description saved")
    assert (
        described(page)
        == "<p><strong>Calm</strong> and <em>clear</em>, in Arabic, <em>too</em></p>"
    )


def test_a_text_that_is_too_long_says_so_and_stays(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), NOOR)
    dialog = opens(page, "Edit Provider Description")
    text = editor(page)
    page.evaluate(PASTE, [f"<p>{'long ' * 1_002}<b>end</b></p>", "long"])

    expect(dialog.get_by_text("5,013 of 5,000 characters: 13 too many", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Save", exact=True).click()

    expect(dialog.get_by_text("Shorten it by 13.")).to_be_visible()
    assert "This has 5,013" in error_beside(editor(page))
    expect(text.locator("b")).to_have_text("end")
    page.keyboard.press("ControlOrMeta+End")
    for _ in range(3 + 10):
        page.keyboard.press("Backspace")
    saves(dialog, said="Provider Description saved")
    assert length_of(described(page)) == 4_999


def test_without_scripts_lines_become_paragraphs_and_lists(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), NOOR)
    page.get_by_role("button", name="Edit Provider Description").click()
    page.get_by_label(LABEL).fill("Hello\n\nYou bring:\n- a list\n- a friend")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/my-details/")
    assert described(page) == (
        "<p>Hello</p><p>You bring:</p><ul><li>a list</li><li>a friend</li></ul>"
    )

    page.get_by_role("button", name="Edit About me").click()
    page.get_by_label("Specialties").fill("Grief\nSleep")
    page.get_by_label("Older adults").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/my-details/")

    expect(page.get_by_role("region", name="About me")).to_contain_text("Grief, Sleep")
    expect(page.get_by_role("region", name="About me")).to_contain_text("Older adults")


def test_axe_finds_nothing_in_the_editor(shared_server: Served, tabs: Tabs, axe: Auditor) -> None:
    page = sign_in(tabs.open(), NOOR)
    for address in ("/my-details/", "/my-details/description/"):
        page.goto(address)
        if address == "/my-details/":
            opens(page, "Edit Provider Description")
        editor(page).focus()
        page.evaluate(PASTE, ["<h2>Hi</h2><ul><li>a</li></ul><p><a href='tel:1'>b</a></p>", "Hi"])
        expect(editor(page).get_by_role("heading", name="Hi")).to_be_visible()
        axe.in_all_looks(page)
        page.keyboard.press("Control+k")
        page.keyboard.type("nowhere")
        page.keyboard.press("Enter")
        expect(page.get_by_text("isn’t a valid address")).to_be_visible()
        axe.in_all_looks(page)
