"""Looking for a client: by what people type, and in the place where they look."""

from types import SimpleNamespace

import pytest

from letterhead.clients.models import Client
from letterhead.practices.models import Payer
from letterhead.practices.queries import payers_in
from letterhead.practices.roles import Role
from tests.clients.desk import Desk, client_of
from tests.factories import member


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("o'brien", "Siobhán O'Brien"),
        ("O’BRIEN", "Siobhán O'Brien"),
        ("obrien", "Siobhán O'Brien"),
        ("siobhan", "Siobhán O'Brien"),
        ("O'Brien, Siobhán", "Siobhán O'Brien"),
        ("NOVÁK", "Jana Nova\u0301k"),
        ("novak", "Jana Nova\u0301k"),
        ("sorensen", "Mai Sørensen"),
        ("Whitlock Jr", "Al Whitlock Jr."),
        ("smith jones", "Ana Smith-Jones"),
        ("Mai@Mail.example", "Mai Sørensen"),
        ("ИВАН", "иван Ли"),
    ],
)
def test_a_client_is_found_however_the_name_is_typed(
    cast: SimpleNamespace, typed: str, found: str
) -> None:
    client_of(cast.dana, "Siobhán", "O'Brien")
    client_of(cast.dana, "Jana", "Nova\u0301k")
    client_of(cast.dana, "Mai", "Sørensen", email="mai@mail.example")
    client_of(cast.dana, "Al", "Whitlock", suffix="Jr.")
    client_of(cast.dana, "Ana", "Smith-Jones")
    client_of(cast.dana, "иван", "Ли")

    assert _listed(Desk(cast.dana), typed) == [found]


def test_a_client_is_found_by_a_changed_name(cast: SimpleNamespace) -> None:
    dana, ada = Desk(cast.dana), client_of(cast.dana)

    dana.save(f"/clients/{ada.pk}/edit/", last_name="Åberg")

    assert _listed(dana, "aberg") == ["Ada Åberg"]
    assert _listed(dana, "moreno") == []


def test_clients_stand_where_a_person_looks(cast: SimpleNamespace) -> None:
    for last in ("Zimmer", "van Dyk", "O'Brien", "Álvarez", "Oates", "Vance", "de la Cruz", "Abel"):
        client_of(cast.dana, "Ana", last)
    client_of(cast.dana, "Zoe", "Van")

    in_order = [name.split(" ", 1)[1] for name in _listed(Desk(cast.dana))]

    assert in_order[:5] == ["Abel", "Álvarez", "de la Cruz", "Oates", "O'Brien"]
    assert in_order[5:] == ["Van", "van Dyk", "Vance", "Zimmer"]


def test_clinicians_stand_where_a_person_looks(cast: SimpleNamespace) -> None:
    for first, last in (("Ana", "Álvarez"), ("Bo", "van Dyk"), ("Cy", "Zimmer")):
        member(cast.practice, Role.CLINICAL, first, last)

    page = Desk(cast.dana).read("/users/")

    names = ("Ana Álvarez", "Noor Haddad", "Sam Okafor", "Bo van Dyk", "Cy Zimmer")
    places = [page.index(name) for name in names]
    assert places == sorted(places)


def test_payers_stand_where_a_person_looks(cast: SimpleNamespace) -> None:
    for name in ("aetna", "Österreichische Kasse", "Zenith"):
        Payer.objects.create(practice=cast.practice, name=name)

    in_order = [payer.name for payer in payers_in(cast.practice)]

    assert in_order == ["Acme Health", "aetna", "Medicare", "Österreichische Kasse", "Zenith"]


def _listed(desk: Desk, typed: str = "") -> list[str]:
    found: list[Client] = desk.get("/clients/", q=typed).context["page"].object_list
    return [f"{each} {each.suffix}".strip() for each in found]
