"""Emails: written with their cause, sent by the worker, as files or through a mail server."""

import stat
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy
from pytest_django import Settings

from letterhead.config.base_url import split_base_url
from letterhead.config.mail import mail_settings
from letterhead.outbox.mail import absolute, post
from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from tests.outbox.smtp import Server, mail_server, mail_through

HELLO = """Subject: A word from {{ practice_name }}

Dear {{ name }},
this is to say hello.

{{ link }}

{{ typed }}
"""


@pytest.fixture(autouse=True)
def _a_template(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "hello.txt").write_text(HELLO)
    (tmp_path / "headless.txt").write_text("Hello\n\nthere")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
    settings.BASE_URL = "https://letterhead.example"
    settings.DEFAULT_FROM_EMAIL = "letterhead@letterhead.example"


def hello(
    key: str = "", to: str = "sam@riverside.example", language: str = "", **more: object
) -> None:
    context = {
        "practice_name": "O'Neil & Sons",
        "name": "Sam <b>",
        "link": absolute("/my-details/"),
        "typed": "https://evil.example/",
    }
    post(to=to, template="hello", context={**context, **more}, key=key, language=language)


def test_a_mail_is_sent_once_as_text_and_as_html(db: None) -> None:
    hello()
    assert mail.outbox == []

    do_all_due()
    do_all_due()

    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("A word from O'Neil & Sons", ["sam@riverside.example"])
    assert sent.from_email == "O'Neil & Sons <letterhead@letterhead.example>"
    assert "Dear Sam <b>,\nthis is to say hello." in str(sent.body)
    assert isinstance(sent, mail.EmailMultiAlternatives)
    html = str(sent.alternatives[0][0])
    assert "Dear Sam &lt;b&gt;,<br>this is to say hello." in html


def test_only_our_own_addresses_become_links(db: None) -> None:
    hello()

    html = Job.objects.get().values["html"]

    assert '<a class="button" href="https://letterhead.example/my-details/">' in html
    assert 'href="https://evil' not in html
    assert "<img" not in html


def test_a_first_sentence_equal_to_the_subject_appears_once_in_html(
    db: None, tmp_path: Path
) -> None:
    (tmp_path / "hello.txt").write_text("Subject: It is noon\n\nIt is noon.\n\nSleep well.")

    hello()

    values = Job.objects.get().values
    assert values["text"] == "It is noon.\n\nSleep well.\n"
    body = values["html"].partition("<body>")[2]
    assert (body.count("It is noon"), body.count("Sleep well")) == (1, 1)


def test_a_mail_put_off_keeps_its_message_id_and_the_same_cause_has_the_same(db: None) -> None:
    def message_ids() -> list[str]:
        return [job.values["headers"]["Message-ID"] for job in Job.objects.order_by("pk")]

    hello(key="welcome-12")
    hello(key="welcome-13")
    hello()
    hello()
    first, *others = message_ids()
    Job.objects.all().delete()
    hello(key="welcome-12")

    assert message_ids() == [first]
    assert len({first, *others}) == 4
    assert first.endswith("@letterhead.example>")


def test_an_email_says_its_language_and_without_one_it_is_american_english(db: None) -> None:
    hello(language="en-GB")
    hello()

    do_all_due()

    assert [sent.extra_headers["Content-Language"] for sent in mail.outbox] == ["en-gb", "en-us"]


def test_an_email_is_written_in_the_language_of_its_recipient(db: None, tmp_path: Path) -> None:
    translated = "{% load i18n %}Subject: {% translate 'Yes' %}\n\n{% translate 'Add' %} {{ day }}"
    (tmp_path / "hello.txt").write_text(translated)

    hello(language="es-ES", day=gettext_lazy("Monday"))

    values = Job.objects.get().values
    assert (values["subject"], values["text"]) == ("Sí", "Añadir lunes\n")
    assert "<title>Sí</title>" in values["html"]


def test_a_job_from_before_there_were_languages_is_still_sent(db: None) -> None:
    hello()
    job = Job.objects.get()
    del job.values["language"]
    job.save()

    do_all_due()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("template", "practice_name"),
    [("headless", "Riverside"), ("hello", "Riverside\nBcc: all@riverside.example")],
)
def test_a_mail_whose_subject_is_not_one_line_is_not_written(
    db: None, template: str, practice_name: str
) -> None:
    with pytest.raises(ValueError, match="must begin with a line 'Subject: …'"):
        post(
            to="sam@riverside.example",
            template=template,
            context={"practice_name": practice_name},
        )

    assert not Job.objects.exists()


def test_without_a_mail_server_each_mail_is_a_file_for_its_owner_alone(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = mail_settings("", folder=tmp_path, host="x")["EMAIL_BACKEND"]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for name in ("Ada", "Bo", "Cy"):
        hello(name=name)

    do_all_due()

    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    texts = [message.get_body(["plain"]).get_content() for message in read]  # type: ignore[union-attr]
    assert [text.split()[1] for text in texts] == ["Ada,", "Bo,", "Cy,"]  # by time
    assert {message["Auto-Submitted"] for message in read} == {"auto-generated"}


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[Server]:
    with mail_server() as one:
        mail_through(one.url, settings, tmp_path)
        yield one


def test_a_mail_server_gets_the_whole_email(db: None, server: Server) -> None:
    hello(key="welcome-12")
    message_id = Job.objects.get().values["headers"]["Message-ID"]

    do_all_due()

    (taken,) = server.taken
    assert server.recipients == ["sam@riverside.example"]
    assert taken["From"] == "O'Neil & Sons <desk@riverside.example>"
    assert (taken["Subject"], taken["Message-ID"]) == ("A word from O'Neil & Sons", message_id)
    assert taken.get_body(["html"]) is not None


def test_a_domain_in_other_letters_is_not_turned_into_somebody_elses(
    db: None, server: Server
) -> None:
    hello(to="dana@stra\u00dfe.example")

    do_all_due()

    assert server.recipients == ["dana@xn--strae-oqa.example"]  # not strasse.example


@pytest.mark.parametrize("refusal", [{"RCPT": "451 later"}, {"MAIL": "421 busy"}])
def test_a_mail_refused_for_now_is_sent_later(
    db: None, server: Server, refusal: dict[str, str]
) -> None:
    server.answers = refusal
    hello()
    do_all_due()
    assert Job.objects.get().parked_at is None

    server.answers = {}
    Job.objects.update(due_at="2026-01-01T00:00Z")
    do_all_due()

    assert len(server.taken) == 1


@pytest.mark.parametrize("refusal", [{"RCPT": "550 nobody"}, {"DATA": "554 spam"}])
def test_a_mail_refused_for_ever_is_parked(
    db: None, server: Server, refusal: dict[str, str]
) -> None:
    server.answers = refusal
    hello()

    do_all_due()

    parked = Job.objects.get()
    assert parked.parked_at is not None
    assert parked.last_error.startswith("Hopeless: the mail server refuses")
    assert "sam@" not in parked.last_error


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://mail.example", 465, True, False),
        ("smtp+ssl://mail.example:4465", 4465, True, False),
        ("smtp+tls://u%40x:p%2Fw@mail.example", 587, False, True),
        ("submission://mail.example", 587, False, True),
    ],
)
def test_email_url_says_how_mail_leaves(
    url: str, port: int, ssl: bool, tls: bool, tmp_path: Path
) -> None:
    found = mail_settings(url, folder=tmp_path, host="letterhead.example")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)
    assert found["DEFAULT_FROM_EMAIL"] == "letterhead@letterhead.example"
    assert found["EMAIL_HOST_PASSWORD"] == ("p/w" if "@mail" in url else None)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "smtp://",
        "smtp:///x",
        "smtp://mail.example:99999",
        "smtp://mail.example?timeout=soon",
        "smtp://mail.example?from=nobody",
        "dummy://",
        "file://relative/mail",
        "smtp://mail.example/path",
        "smtp+tls://u:pw@mail.example:587?form=desk@riverside.example",
    ],
)
def test_an_email_url_that_means_nothing_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail_settings(url, folder=tmp_path, host="x")


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        ("smtp+tls://u:secret@mail.example:587#x", "write # as %23"),
        ("smtp+tls://u:sec#ret@mail.example:587", "write # as %23"),
        ("smtp+tls://u:secret@mail.example:587?from=a@b.example#x", "write # as %23"),
        ("smtp+tls://u:secret/x@mail.example:587", "write % as %25, / as %2F"),
        ("smtp+tls://u:25/secret@mail.example:587", "write % as %25, / as %2F"),
        ("smtp+tls://u:secret?x@mail.example:587", "? as %3F"),
        ("smtp+tls://u:25?secret@mail.example:587", "it takes only from="),
        ("smtp+tls://u:sec[ret@mail.example:587", "[ as %5B"),
        ("smtp+tls://u:secret%@mail.example:587", "write % as %25"),
        ("smtp+tls://u:secret\n@mail.example:587", "line break"),
        ("smtp+tls://u:25?from=secret@x@mail.example", "?from= is not an email address"),
    ],
)
def test_an_email_url_with_an_unescaped_character_is_refused_without_its_secret(
    url: str, cure: str, tmp_path: Path
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_settings(url, folder=tmp_path, host="x")

    assert cure in str(refused.value)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_mail_server_and_a_sender_in_other_letters_are_found(tmp_path: Path) -> None:
    url = "smtp://mail.stra\u00dfe.example?from=desk@stra\u00dfe.example"

    found = mail_settings(url, folder=tmp_path, host="x")

    assert found["EMAIL_HOST"] == "mail.xn--strae-oqa.example"
    assert found["DEFAULT_FROM_EMAIL"] == "desk@xn--strae-oqa.example"


@pytest.mark.parametrize(
    ("typed", "reached"),
    [
        ("http://praxis-m\u00fcller.example", "http://xn--praxis-mller-klb.example"),
        ("https://stra\u00dfe.example:8443", "https://xn--strae-oqa.example:8443"),
        ("https://Letterhead.Example:443", "https://letterhead.example"),
        ("http://[2001:db8::7]:8000", "http://[2001:db8::7]:8000"),
    ],
)
def test_a_base_url_is_taken_as_browsers_send_it(typed: str, reached: str) -> None:
    assert split_base_url(typed).geturl() == reached


def test_nothing_after_the_question_mark_turns_tls_off(tmp_path: Path) -> None:
    for kind in ("smtp+tls", "submission"):
        url = f"{kind}://u:pw@mail.example?tls=false&ssl=false"
        assert mail_settings(url, folder=tmp_path, host="x")["EMAIL_USE_TLS"]


@pytest.mark.parametrize(
    "text",
    ["", "letterhead.example", "ftp://x.example", "http://", "http://[", "https://x.example:port",
     "https://x.example/path",
     "https://a_\u00fc.example", "https://-\u00fc.example",
     "https://u@x.example", "https://x.example?a=1", "http://a b"],
)  # fmt: skip
def test_a_base_url_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LETTERHEAD_BASE_URL"):
        split_base_url(text)
