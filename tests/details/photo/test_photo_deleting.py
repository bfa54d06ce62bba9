"""The files of a photo that no one shows anymore are deleted, the original too."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from pytest_django import Settings

from letterhead.details.models import Photo
from letterhead.details.photo.deleting import delete_photo_files
from letterhead.files.kept import keep_file, read_file
from letterhead.outbox.worker import do_all_due
from tests import factories
from tests.details.photo.photos import encoded, phone_photo, quarters
from tests.details.photo.test_photo_page import EDIT, photo_of, send
from tests.practices.office import Office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cast() -> SimpleNamespace:
    return factories.riverside()


def hashes_of(photo: Photo) -> list[str]:
    return [photo.original_sha256, photo.sha256, photo.small_sha256]


def kept(hashes: list[str]) -> list[bool]:
    return [read_file(sha256) is not None for sha256 in hashes]


def an_hour_later() -> None:
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1, minutes=1)):
        do_all_due()


def test_a_removed_photo_is_gone_an_hour_later(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    send(dana, phone_photo())
    before = hashes_of(photo_of(cast.dana))
    dana.save(EDIT, remove="1")
    assert kept(before) == [True, True, True]

    an_hour_later()

    assert kept(before) == [False, False, False]


def test_a_photo_that_was_replaced_is_gone_and_the_new_one_stays(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    send(dana, phone_photo())
    before = hashes_of(photo_of(cast.dana))
    send(dana, encoded(quarters(80, 80), "PNG"))

    an_hour_later()

    assert kept(before) == [False, False, False]
    assert kept(hashes_of(photo_of(cast.dana))) == [True, True, True]


def test_the_same_picture_of_a_colleague_stays(cast: SimpleNamespace) -> None:
    for person in (cast.dana, cast.sam):
        send(Office(person), phone_photo())
    Office(cast.dana).save(EDIT, remove="1")

    an_hour_later()

    assert kept(hashes_of(photo_of(cast.sam))) == [True, True, True]


def test_what_was_never_kept_keeps_nothing_else_from_being_forgotten() -> None:
    there = keep_file(b"a picture that nobody shows")

    delete_photo_files(hashes=["0f" * 32, "nonsense", there])

    assert kept([there]) == [False]
