"""An encrypted value is read only where it was written: in its table, its column and its row."""

import json
import pickle
from copy import copy
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.db import connection, transaction
from django.utils import timezone

from letterhead.accounts.models import TypedText
from letterhead.accounts.two_factor.codes import accepted
from letterhead.activity.queries import broken_links
from letterhead.billing.actions import issue, make_bill
from letterhead.billing.models import Bill, IssuedBill
from letterhead.billing.queries import issued_contents
from letterhead.cli.doctor import examine
from letterhead.details.letterhead import TaxId
from letterhead.details.models import Practitioner
from letterhead.encryption.fields import bound, is_unreadable
from letterhead.encryption.keys import WrongPlace, decrypt, encrypt, place, present_keys
from letterhead.encryption.rotation import rotate_keys
from letterhead.practices.models import Practice
from tests.accounts.two_factor.second_steps import HERE as TWO_FACTOR
from tests.accounts.two_factor.second_steps import with_app, with_recovery_codes
from tests.billing.ready import NOW
from tests.clients.desk import client_of, visit_of
from tests.factories import PASSWORD
from tests.practices.office import BILLING, SETTINGS, Office

DANAS, SAMS = "219099999", "219099998"
SHOW = "/my-details/tax-id/"
NOT_READ = "Can't be read. Enter it again."
TYPE_IT = "Enter the tax ID, or clear its kind."


def write(person: Practitioner, number: str) -> None:
    Practitioner.objects.filter(pk=person.pk).update(
        **bound(person, {"tax_id": number}), tax_id_kind="SSN"
    )


def held(table: str, column: str, pk: int) -> str:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return str(cursor.fetchone()[0])


def plant(token: str, person: Practitioner, column: str = "tax_id") -> None:
    """Write an encrypted value into a row by SQL, as someone without keys can."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE details_practitioner SET {column} = %s, tax_id_kind = 'SSN' WHERE id = %s",  # noqa: S608
            [token, person.pk],
        )


@pytest.fixture
def dana(own_keys: object, cast: SimpleNamespace) -> Practitioner:
    row: Practitioner = cast.dana.practitioner
    write(row, DANAS)
    write(cast.sam.practitioner, SAMS)
    return row


def test_a_seed_copied_into_a_tax_id_is_not_shown(
    dana: Practitioner, cast: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    secret = with_app(cast.sam.user).secret
    plant(Authenticator.objects.get(user=cast.sam.user, type="totp").data["secret"], dana)

    page = Office(cast.dana).save(SHOW, {"Password": PASSWORD})

    assert page.status == 200
    assert NOT_READ in page.text
    assert secret[:6] not in page.html
    assert any("details_practitioner.tax_id" in each.message for each in caplog.records)


@pytest.mark.parametrize("source", ["another row", "another table", "no place"])
def test_a_value_of_another_place_is_read_nowhere(
    source: str, dana: Practitioner, cast: SimpleNamespace
) -> None:
    tokens = {
        "another row": held("details_practitioner", "tax_id", cast.sam.practitioner_id),
        "another table": held("practices_practice", "tax_id", cast.practice.pk),
        "no place": unbound(DANAS),
    }
    plant(tokens[source], dana)

    assert is_unreadable(Practitioner.objects.get(pk=dana.pk).tax_id)
    office = Office(cast.dana)
    assert NOT_READ in office.read("/my-details/")
    form = office.open("/my-details/general/")
    assert (form.status, form.field("Individual Tax ID").value) == (200, "")
    for number in (DANAS, SAMS):
        assert number[-4:] not in form.html


def test_a_practices_tax_id_of_another_place_is_told_and_typed_again(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    with connection.cursor() as cursor:
        token = held("details_practitioner", "tax_id", dana.pk)
        cursor.execute("UPDATE practices_practice SET tax_id = %s WHERE tax_id <> ''", [token])
    office = Office(cast.dana)
    assert NOT_READ in office.read(SETTINGS)
    assert "Enter the practice's tax ID" in office.read(SETTINGS)

    assert office.save(BILLING).wrong() == {"Practice Tax ID": TYPE_IT}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tax_id FROM practices_practice WHERE id = %s", [cast.practice.pk])
        assert cursor.fetchone() == (token,)  # nothing is lost by looking

    typed = {"Practice Tax ID": "12-3456780", "Kind of practice tax ID": "EIN"}
    assert office.save(BILLING, typed).status == 302
    assert Practice.objects.get(pk=cast.practice.pk).tax_id == "123456780"


def test_a_tax_id_of_another_place_can_be_cleared(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    plant(unbound(DANAS), dana)
    form = "/my-details/general/"

    assert Office(cast.dana).save(form).wrong() == {"Individual Tax ID": TYPE_IT}
    assert Office(cast.dana).save(form, {"Kind of tax ID": ""}).status == 302

    row = Practitioner.objects.get(pk=dana.pk)
    assert (row.tax_id, row.tax_id_kind) == ("", "")


def test_sealed_numbers_of_another_bill_are_not_shown(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    mine, other = (issued_bill(cast) for _ in range(2))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE billing_issuedbill SET sealed = %s WHERE id = %s",
            [held("billing_issuedbill", "sealed", other.pk), mine.pk],
        )

    again = issued_contents(IssuedBill.objects.get(pk=mine.pk))

    assert again.letterhead.practice.tax_id == TaxId(kind="EIN", number="")
    assert issued_contents(IssuedBill.objects.get(pk=other.pk)).letterhead.practice.tax_id
    assert Office(cast.dana).open(f"/billing/bills/{mine.bill_id}/").status == 200


def test_a_seed_of_another_person_accepts_no_code(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    app = with_app(cast.dana.user)
    mallorys = with_app(cast.sam.user)
    token = Authenticator.objects.get(user=cast.sam.user).data["secret"]
    Authenticator.objects.filter(user=cast.dana.user).update(data={"secret": str(token)})

    for code in (app.code(), mallorys.code()):
        assert accepted(cast.dana.user, code) is None
    assert accepted(cast.sam.user, mallorys.code())


def test_recovery_codes_of_another_place_are_told_and_made_again(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    app = with_app(cast.dana.user)
    with_recovery_codes(cast.dana.user)
    rows = Authenticator.objects.filter(user=cast.dana.user, type="recovery_codes")
    rows.update(data={"seed": unbound("0" * 80), "used_mask": 0})
    office = Office(cast.dana)
    assert office.save("/confirm/code/", {"Code": app.code()}).status == 302

    assert "0 of 10" in office.read(TWO_FACTOR)
    page = office.open(f"{TWO_FACTOR}recovery-codes/")
    assert page.location == TWO_FACTOR
    assert "Your recovery codes can't be read. Make new ones." in office.read(TWO_FACTOR)
    assert office.save(f"{TWO_FACTOR}recovery-codes/new/").status == 302
    assert "10 of 10" in office.read(TWO_FACTOR)


def test_what_was_typed_is_not_shown_from_another_row(
    own_keys: object, cast: SimpleNamespace
) -> None:
    made = [
        TypedText.objects.create(
            user=person.user, path="/", title=title, fields="[]", held_at=timezone.now()
        )
        for person, title in ((cast.dana, "Edit mine"), (cast.sam, "Edit his"))
    ]
    token = held("accounts_typedtext", "fields", made[1].pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_typedtext SET fields = %s", [token])

    assert "Nothing is waiting for you" in Office(cast.dana).read("/typed-again/")
    assert "Edit his" in Office(cast.sam).read("/typed-again/")


def test_a_seal_of_another_chain_is_noticed(own_keys: object, cast: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activity_chainhead SET seal ="
            " (SELECT seal FROM activity_chainhead WHERE chain = %s) WHERE chain = %s",
            [cast.practice.pk, cast.stranger.practice.pk],
        )

    assert list(broken_links()) == [
        f"practice {cast.stranger.practice.pk}: its head's seal can't be read"
    ]


def test_the_doctor_names_a_value_of_another_place(
    dana: Practitioner, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(held("details_practitioner", "tax_id", dana.pk + 1), dana)

    assert examine() == 1

    told = [line for line in capsys.readouterr().out.splitlines() if " keys: " in line]
    assert told[0].startswith(f"WRONG keys: details_practitioner.tax_id.{dana.pk} holds a secret")


def test_keys_rotate_and_every_value_stays_bound(dana: Practitioner, cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    before = held("details_practitioner", "tax_id", dana.pk)

    rotate_keys()

    after = held("details_practitioner", "tax_id", dana.pk)
    assert after != before
    assert Practitioner.objects.get(pk=dana.pk).tax_id == DANAS
    plant(after, cast.sam.practitioner)
    assert is_unreadable(Practitioner.objects.get(pk=cast.sam.practitioner_id).tax_id)
    assert accepted(cast.dana.user, app.code())


def test_a_place_is_not_the_beginning_of_another(own_keys: object) -> None:
    token = encrypt("1\nx", at=place("t", "c", 5))

    assert decrypt(token, at="t.c.5") == "1\nx"
    for at in ("t.c.51", "t.c.", "t.c.5\n1", ""):
        with pytest.raises(WrongPlace):
            decrypt(token, at=at)


# Every way in which Django reads and writes rows.


def test_what_is_not_read_is_not_decrypted_and_is_saved_as_it_was(dana: Practitioner) -> None:
    before = held("details_practitioner", "tax_id", dana.pk)
    row = Practitioner.objects.get(pk=dana.pk)

    assert "tax_id" in row.__dict__
    row.first_name = "Dee"
    row.save()

    assert held("details_practitioner", "tax_id", dana.pk) == before


def test_what_cannot_be_read_is_saved_as_it_was(dana: Practitioner) -> None:
    token = unbound(DANAS)
    plant(token, dana)
    row = Practitioner.objects.get(pk=dana.pk)
    assert is_unreadable(row.tax_id)
    row.refresh_from_db()
    assert is_unreadable(row.tax_id)

    row.save()

    assert held("details_practitioner", "tax_id", dana.pk) == token


def test_deferred_and_refreshed_rows_read_it(dana: Practitioner) -> None:
    deferred = Practitioner.objects.defer("tax_id").get(pk=dana.pk)
    only = Practitioner.objects.only("tax_id").get(pk=dana.pk)
    assert (deferred.tax_id, only.tax_id, copy(only).tax_id) == (DANAS, DANAS, DANAS)

    write(dana, SAMS)
    only.refresh_from_db()
    deferred.refresh_from_db(fields=["tax_id"])
    assert (deferred.tax_id, only.tax_id) == (SAMS, SAMS)
    assert pickle.loads(pickle.dumps(Practitioner.objects.get(pk=dana.pk))).tax_id == SAMS  # noqa: S301


def test_rows_made_in_bulk_are_bound(own_keys: object, cast: SimpleNamespace) -> None:
    rows = [
        TypedText(user=cast.dana.user, path=f"/{n}", fields=f"text {n}", held_at=timezone.now())
        for n in range(3)
    ]
    TypedText.objects.bulk_create(rows)

    made = TypedText.objects.order_by("path")
    assert [row.fields for row in made] == ["text 0", "text 1", "text 2"]


def test_ways_around_a_row_are_refused(dana: Practitioner) -> None:
    rows = Practitioner.objects.filter(pk=dana.pk)
    unsaved = Practitioner(practice=dana.practice, tax_id=DANAS, tax_id_kind="SSN")
    another = rows.get()
    another.pk = None
    same = rows.get()
    assert same.tax_id == DANAS
    for way in (
        lambda: rows.update(tax_id=DANAS),
        lambda: rows.filter(tax_id=DANAS).exists(),
        unsaved.save,
        lambda: Practitioner.objects.bulk_create([unsaved]),
        another.save,
        lambda: Practitioner.objects.bulk_update([same], ["tax_id"]),
        lambda: str(rows.values_list("tax_id", flat=True)[0]),
        lambda: rows.values("tax_id")[0]["tax_id"] == DANAS,
        lambda: json.dumps(rows.values("tax_id")[0]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            way()
    assert rows.get().tax_id == DANAS


def test_a_row_whose_key_is_known_takes_its_secret_at_once(
    own_keys: object, cast: SimpleNamespace
) -> None:
    Practice.objects.create(
        pk=777, name="Known", slug="known", tax_id="123456780", tax_id_kind="EIN"
    )

    assert Practice.objects.get(pk=777).tax_id == "123456780"


def issued_bill(cast: SimpleNamespace) -> IssuedBill:
    bill = make_bill(
        visit_of(cast, client_of(cast.dana)), kind=Bill.Kind.SUPERBILL, by=cast.dana.user
    )
    return issue(bill, by=cast.dana.user, now=NOW)


def unbound(text: str) -> str:
    """Encrypt as it was done before secrets had places."""
    return Fernet(present_keys()[0]).encrypt(text.encode()).decode()
