"""Files are saved once, complete, under the hash of their content."""

import hashlib
import multiprocessing
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from letterhead.files.kept import drop_file, keep_file, read_file


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_what_is_saved_reads_back_equal_under_its_sha256() -> None:
    name = keep_file(b"a bill")

    assert name == hashlib.sha256(b"a bill").hexdigest()
    assert read_file(name) == b"a bill"


def test_a_file_is_in_a_folder_of_its_first_two_digits_with_nothing_next_to_it(
    media: Path,
) -> None:
    name = keep_file(b"a bill")

    assert [str(f.relative_to(media)) for f in media.rglob("*") if f.is_file()] == [
        f"{name[:2]}/{name}"
    ]


def test_saving_the_same_content_twice_saves_it_once(media: Path) -> None:
    first = keep_file(b"a bill")
    written_at = (media / first[:2] / first).stat().st_mtime_ns

    assert keep_file(b"a bill") == first
    assert (media / first[:2] / first).stat().st_mtime_ns == written_at


def test_a_file_that_was_changed_on_disk_counts_as_lost_and_can_be_saved_again(media: Path) -> None:
    name = keep_file(b"a bill")
    (media / name[:2] / name).write_bytes(b"a bigger bill")

    assert read_file(name) is None
    assert keep_file(b"a bill") == name
    assert read_file(name) == b"a bill"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "0" * 63, "\x00" * 64, "é"])
def test_a_name_that_is_no_sha256_reads_nothing(name: str) -> None:
    assert read_file(name) is None


def test_a_name_under_which_nothing_was_saved_reads_nothing() -> None:
    assert read_file("0" * 64) is None


def test_a_write_that_fails_leaves_nothing_behind(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="no space"):
        keep_file(b"a bill")
    assert [f for f in media.rglob("*") if f.is_file()] == []


def test_several_at_once_can_save_the_same_content(media: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as people:
        names = set(people.map(keep_file, [b"a bill" * 10_000] * 40))

    assert len(names) == 1
    assert read_file(names.pop()) == b"a bill" * 10_000
    assert len([f for f in media.rglob("*") if f.is_file()]) == 1


def test_a_file_that_is_dropped_is_gone_and_the_others_stay(media: Path) -> None:
    bill, claim = keep_file(b"a bill"), keep_file(b"a claim")

    drop_file(bill)
    drop_file(bill)

    assert read_file(bill) is None
    assert read_file(claim) == b"a claim"


def test_a_name_that_is_no_sha256_drops_nothing(media: Path) -> None:
    beside = media / "letterhead.sqlite3"
    beside.write_text("all clients")

    for name in ("", "../letterhead.sqlite3", str(beside)):
        drop_file(name)

    assert beside.read_text() == "all clients"
