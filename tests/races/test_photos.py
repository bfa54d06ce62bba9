"""A hundred people send their photos at one and the same moment."""

import colorsys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from letterhead.details.models import Photo
from letterhead.files.kept import read_file
from letterhead.practices.roles import Role
from tests.details.photo.photos import alike, corners, encoded
from tests.factories import Person, member
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PEOPLE, EDIT = 100, "/my-details/photo/"


def colour_of(number: int) -> tuple[int, int, int]:
    """A colour of one's own for each of a hundred."""
    red, green, blue = colorsys.hsv_to_rgb(number / PEOPLE, 1 - number % 3 / 4, 1 - number % 2 / 3)
    return round(red * 255), round(green * 255), round(blue * 255)


def picture_of(number: int) -> bytes:
    return encoded(Image.new("RGB", (300, 200), colour_of(number)))


def sending(person: Person, number: int) -> Callable[[], Any]:
    browser = Client()
    browser.force_login(person.user)
    photo = SimpleUploadedFile("me.jpg", picture_of(number), content_type="image/jpeg")
    return lambda: browser.post(EDIT, {"version": "1", "photo": photo}).status_code


@pytest.fixture
def everyone(cast: SimpleNamespace, settings: Settings, tmp_path: Path) -> list[Person]:
    settings.MEDIA_ROOT = tmp_path
    return [member(cast.practice, Role.CLINICAL, f"P{n}", "Ian") for n in range(PEOPLE)]


def test_of_a_hundred_photos_at_once_none_is_lost_or_somebody_elses(
    everyone: list[Person],
) -> None:
    came = at_once(*[sending(person, number) for number, person in enumerate(everyone)])

    assert came == [302] * PEOPLE
    for number, person in enumerate(everyone):
        kept = Photo.objects.get(practitioner=person.practitioner_id)
        assert read_file(kept.original_sha256) == picture_of(number)
        for sha256 in (kept.sha256, kept.small_sha256):
            shown = read_file(sha256)
            assert shown is not None
            assert alike(corners(shown), [colour_of(number)] * 4)


def test_of_a_persons_photos_at_once_one_is_shown_whole(everyone: list[Person]) -> None:
    one = everyone[0]

    came = at_once(*[sending(one, number) for number in range(10)])

    kept = Photo.objects.get(practitioner=one.practitioner_id)
    assert sorted(came) == [302] + [422] * 9
    originals = [
        number for number in range(10) if picture_of(number) == read_file(kept.original_sha256)
    ]
    shown = read_file(kept.sha256)
    assert shown is not None
    assert alike(corners(shown), [colour_of(originals[0])] * 4)
