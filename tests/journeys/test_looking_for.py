"""Looking for a client among many, the same on both databases."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs, sign_in
from tests.journeys.people import goes_to_clients, opens, saves, types
from tests.served import Served

DANA = "dana@riverside.example"
ADDED = (("Siobhán", "O'Brien"), ("Ana", "Álvarez"), ("Bo", "van Dyk"), ("Zoe", "Zimmer"))
IN_ORDER = [
    *("Ana Álvarez", "Fatima Benali", "Isaac Brenner", "Bruno Castellan", "Chidi Eze"),
    *("Alma Hartwell", "Kofi Mensah", "Hana Novák", "Siobhán O'Brien", "Lucía Peña"),
    *("Dorothea Quist", "Emil Sørensen", "Joyce Tremblay", "Bo van Dyk", "George Whitlock Jr"),
    "Zoe Zimmer",
]
FOUND = {
    "o'brien": ["Siobhán O'Brien"],
    "obrien": ["Siobhán O'Brien"],
    "siobhan": ["Siobhán O'Brien"],
    "O'Brien, Siobhán": ["Siobhán O'Brien"],
    "NOVÁK": ["Hana Novák"],
    "sorensen": ["Emil Sørensen"],
    "Whitlock Jr": ["George Whitlock Jr"],
    "b": ["Fatima Benali", "Isaac Brenner", "Bruno Castellan", "Bo van Dyk"],
    "dy": ["Bo van Dyk"],
    "nobody": [],
}


def test_on_postgresql(server: Served, tabs: Tabs) -> None:
    finds_and_leafs_through(tabs, scripts=True)


@pytest.mark.embedded
def test_on_the_embedded_database(server: Served, tabs: Tabs) -> None:
    finds_and_leafs_through(tabs, scripts=False)


def finds_and_leafs_through(tabs: Tabs, *, scripts: bool) -> None:
    """Dana adds four clients, sees them in their places, searches, and leafs to the last page."""
    page = sign_in(tabs.open(scripts=scripts), DANA)
    for first, last in ADDED:
        adds_a_client(page, first, last)
    goes_to_clients(page)
    assert names(page) == IN_ORDER

    for typed, found in FOUND.items():
        page.get_by_label("Search by name or email", exact=True).fill(typed)
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.get_by_label("Search by name or email", exact=True)).to_have_value(typed)
        assert names(page) == found, typed

    page.get_by_role("link", name="Show all", exact=True).click()
    for number in range(5):
        adds_a_client(page, "Ida", f"Aa{'abcde'[number]}")
    goes_to_clients(page)
    assert len(names(page)) == 20
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.get_by_role("link", name="Zoe Zimmer", exact=True)).to_be_visible()
    assert names(page) == ["Zoe Zimmer"]
    page.get_by_role("link", name="Previous", exact=True).click()
    expect(page.get_by_role("link", name="Ida Aaa", exact=True)).to_be_visible()
    page.get_by_role("link", name="Last", exact=True).click()
    expect(page.get_by_role("link", name="First", exact=True)).to_be_visible()
    assert names(page)[-2:] == ["George Whitlock Jr", "Zoe Zimmer"]


def adds_a_client(page: Page, first: str, last: str) -> None:
    """Add a client from the list."""
    page.goto("/clients/")
    form = opens(page, "Add client")
    types(form, {"First name": first, "Last name": last, "Clinician": "Dana Rivera"})
    saves(form, said=f"{first} {last} added")


def names(page: Page) -> list[str]:
    """The names on the list, from top to bottom."""
    return page.get_by_role("rowheader").get_by_role("link").all_inner_texts()
