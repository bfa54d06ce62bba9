"""The chain of hashes: anyone who writes outside Letterhead leaves a break."""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from letterhead.activity.actions import record
from letterhead.activity.chain import hash_of
from letterhead.activity.freezing import lift, put_back
from letterhead.activity.models import Activity, ChainHead
from letterhead.activity.queries import broken_links
from letterhead.cli.doctor import examine

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = 7_001, 7_002


def did(act: str, *, practice: int | None = HERE, **more: object) -> None:
    record(act, practice=practice, person=1, person_name="dana@riverside.example", **more)  # type: ignore[arg-type]


def register(*practices: int) -> None:
    for practice in practices:
        did("registered the practice", practice=practice, begins=True)


@pytest.fixture
def by_sql(db: None) -> Iterator[Callable[..., None]]:
    """Write outside Letterhead, as the owner of the database can: the triggers are removed."""

    def write(sql: str, *values: str | int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    register(HERE)
    for number in range(2, 6):
        did(f"act {number}", changes={"credentials": ["RDN", f"RDN, {number}"]})
    lift(connection)
    yield write
    put_back(connection)


def breaks() -> list[str]:
    return [re.sub(r" \(id \d+\)", "", each) for each in broken_links()]


def rows() -> QuerySet[Activity]:
    return Activity.objects.filter(chain=HERE).order_by("place")


def test_rows_follow_each_other_in_each_practice_by_itself() -> None:
    register(HERE, ELSEWHERE)
    for practice in (HERE, None, HERE):
        did("looked", practice=practice)

    first, second, third = rows()
    assert [row.place for row in rows()] == [1, 2, 3]
    assert [row.previous for row in rows()] == ["", first.hash, second.hash]
    assert ChainHead.objects.get(chain=HERE).hash == third.hash
    assert Activity.objects.get(chain=0, act="looked").practice is None
    assert breaks() == []


def test_every_record_reads_back_as_it_was_hashed() -> None:
    register(HERE)
    did("changed", changes={"rows": [[], [{"b": 1.5, "a": True, "é": None}]], "2": ("x", "😀")})

    assert breaks() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(
            ("act", "act 9"),
            ("about", "x"),
            ("person", 2),
            ("person_name", "sam"),
            ("kind", "log-in"),
        ),
        *(("changes", "{}"), ("address", "192.0.2.9"), ("agent", "curl"), ("practice", ELSEWHERE)),
        ("at", "2026-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_row_is_named(by_sql: Callable[..., None], column: str, value: str | int) -> None:
    by_sql(f"UPDATE activity_activity SET {column} = %s WHERE chain = 7001 AND place = 3", value)  # noqa: S608

    assert breaks() == [f"practice {HERE}, row 3: was changed after it was written"]


def test_a_row_hashed_again_no_longer_fits_the_next(by_sql: Callable[..., None]) -> None:
    row = rows().get(place=3)
    row.act = "nothing"
    by_sql(
        "UPDATE activity_activity SET act = %s, hash = %s WHERE id = %s",
        *(row.act, hash_of(row), row.pk),
    )

    assert breaks() == [f"practice {HERE}, row 4: does not follow the row before"]


def test_a_row_deleted_in_the_middle_is_missed(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001 AND place = 3")

    assert breaks() == [f"practice {HERE}, row 4: row 3 before it missing"]


def test_rows_deleted_at_the_beginning_are_missed(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001 AND place < 4")

    assert breaks() == [f"practice {HERE}, row 4: rows 1 to 3 before it missing"]


def test_the_newest_row_is_missed_because_the_head_records_it(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001 AND place = 5")

    assert list(broken_links()) == [f"practice {HERE}: ends at row 4, the newest was 5"]


def test_a_chain_deleted_whole_is_missed(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001")

    assert list(broken_links()) == [f"practice {HERE}: ends at row 0, the newest was 5"]


def test_a_chain_hashed_again_to_its_end_is_noticed_by_its_seal(
    by_sql: Callable[..., None],
) -> None:
    previous = ""
    for row in rows():
        row.previous, row.about = previous, "nothing"
        previous = hash_of(row)
        by_sql(
            "UPDATE activity_activity SET about = %s, previous = %s, hash = %s WHERE id = %s",
            *(row.about, row.previous, previous, row.pk),
        )
    by_sql("UPDATE activity_chainhead SET hash = %s WHERE chain = 7001", previous)

    assert breaks() == [f"practice {HERE}: its head was changed outside Letterhead"]
    did("more")
    assert breaks() == [f"practice {HERE}: its head was changed outside Letterhead"]


def test_a_chain_cut_short_with_its_head_is_noticed_by_its_seal(
    by_sql: Callable[..., None],
) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001 AND place = 5")
    by_sql(
        "UPDATE activity_chainhead SET place = 4, hash = %s WHERE chain = 7001",
        rows().get(place=4).hash,
    )

    assert breaks() == [f"practice {HERE}: its head was changed outside Letterhead"]
    did("more")
    assert breaks() == [f"practice {HERE}: its head was changed outside Letterhead"]


def test_a_practice_whose_chain_is_gone_head_and_all_is_named(
    by_sql: Callable[..., None],
) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001")
    by_sql("DELETE FROM activity_chainhead WHERE chain = 7001")

    assert list(broken_links(practices=[HERE])) == [f"practice {HERE}: its whole chain is missing"]


def test_a_lost_head_is_missed(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_chainhead WHERE chain = 7001")

    assert [each.split(",")[0] for each in broken_links()] == [
        f"practice {HERE}: its head is missing"
    ]


def test_a_chain_deleted_head_and_all_is_missed_for_good_whatever_is_done_next(
    by_sql: Callable[..., None],
) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001")
    by_sql("DELETE FROM activity_chainhead WHERE chain = 7001")

    for act in ("more", "and more"):
        did(act)
        assert list(broken_links(practices=[HERE])) == [
            f"practice {HERE}: its head was deleted outside Letterhead"
        ]


def test_the_record_of_no_practice_deleted_whole_is_missed_too(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 0")
    by_sql("DELETE FROM activity_chainhead WHERE chain = 0")

    assert breaks() == ["no practice: its whole chain is missing"]
    did("failed to log in", practice=None)
    assert breaks() == ["no practice: its head was deleted outside Letterhead"]


def test_an_act_after_a_lost_head_is_recorded_but_not_sealed(by_sql: Callable[..., None]) -> None:
    by_sql("DELETE FROM activity_chainhead WHERE chain = 7001")

    did("more")

    assert [row.place for row in rows()] == [1, 2, 3, 4, 5, 6]
    assert breaks() == [f"practice {HERE}: its head was deleted outside Letterhead"]


def test_a_head_without_rows_that_nothing_seals_begins_no_chain(
    by_sql: Callable[..., None],
) -> None:
    by_sql("DELETE FROM activity_activity WHERE chain = 7001")
    by_sql("UPDATE activity_chainhead SET place = 0, hash = '', seal = '' WHERE chain = 7001")

    did("more")

    assert breaks() == [f"practice {HERE}: its head was deleted outside Letterhead"]


def test_a_chain_begins_once(by_sql: Callable[..., None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        register(HERE)
    by_sql("DELETE FROM activity_chainhead WHERE chain = 7001")
    with pytest.raises(IntegrityError), transaction.atomic():
        register(HERE)


def test_a_practice_that_registers_begins_its_chain(cast: SimpleNamespace) -> None:
    practices = [cast.practice.pk, cast.stranger.practice.pk]

    assert list(broken_links(practices)) == []
    first = Activity.objects.get(chain=cast.practice.pk, place=1)
    assert first.act == "registered the practice"


def test_rows_that_changed_places_are_named(by_sql: Callable[..., None]) -> None:
    for number, place in ((2, 99), (3, 2), (99, 3)):
        by_sql(
            "UPDATE activity_activity SET place = %s WHERE chain = 7001 AND place = %s",
            place,
            number,
        )

    assert breaks() == [
        f"practice {HERE}, row 2: does not follow the row before",
        f"practice {HERE}, row 2: was changed after it was written",
        f"practice {HERE}, row 3: does not follow the row before",
        f"practice {HERE}, row 3: was changed after it was written",
        f"practice {HERE}, row 4: does not follow the row before",
    ]


def test_a_row_slipped_in_is_named(by_sql: Callable[..., None]) -> None:
    by_sql(
        "INSERT INTO activity_activity (practice, person, person_name, at, kind, act, about,"
        " changes, address, agent, chain, place, previous, hash) SELECT practice, person,"
        " person_name, at, kind, 'forged', about, changes, address, agent, chain, 6, hash, hash"
        " FROM activity_activity WHERE chain = 7001 AND place = 5"
    )

    assert breaks() == [
        f"practice {HERE}, row 6: was changed after it was written",
        f"practice {HERE}: the newest row (6) is not the one in its head",
    ]


def test_the_doctor_shows_where_the_chain_is_broken(
    by_sql: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    put_back(connection)
    examine()
    assert "ok    activity: 5 rows in 1 chains are intact" in capsys.readouterr().out

    lift(connection)
    by_sql("UPDATE activity_activity SET act = 'x' WHERE chain = 7001 AND place = 2")
    put_back(connection)

    assert examine() == 1
    printed = capsys.readouterr().out
    assert f"WRONG activity: practice {HERE}, row 2 (id " in printed
    assert "was changed after it was written" in printed
