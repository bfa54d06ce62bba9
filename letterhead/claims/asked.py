"""What a payer asks of a claim: which numbers and which place of care it gets. Pure.

Sources: NUCC 1500 reference instruction manual, version 02/12; for Medicare the Medicare Claims
Processing Manual, chapter 26, section 10. Claims whose contents are of version 1 were issued
before these rules, and print as they were issued.
"""

from typing import NamedTuple

from msgspec.structs import replace

from letterhead.billing.contents import ClientPicture, Contents, InsuredPicture
from letterhead.billing.problems import Place
from letterhead.claims.grid import BOXES
from letterhead.claims.texts import code, same_address
from letterhead.details.letterhead import PersonName, PlaceOfCare
from letterhead.details.names import last_first_middle
from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.texts.claim_letters import fold

NOT_AT_A_FACILITY = {HOME, *TELEHEALTH}
_PATIENTS_HOME = "PATIENTS HOME"
SAME, TAXONOMY = "SAME", "ZZ"


class Named(NamedTuple):
    """A name as the form prints it, and where it was entered."""

    text: str
    entered_at: Place
    field: str


class Facility(NamedTuple):
    """The place in item 32, and where it was entered."""

    place: PlaceOfCare
    entered_at: Place


def is_for_medicare(contents: Contents) -> bool:
    """Whether the claim goes to Medicare."""
    return contents.payer is not None and contents.payer.kind == "medicare"


def is_medicare_first(contents: Contents) -> bool:
    """Whether Medicare pays first: nobody else's group is in item 11, which then says NONE."""
    policy = contents.policy
    return is_for_medicare(contents) and not (policy and code(policy.group_number))


def follows_chapter_26(contents: Contents) -> bool:
    """Whether items 4, 7, 9 and 11a say only what 2, 3 and 5 don't, and 11d is blank.

    Source: chapter 26, sections 10.2 and 10.3. Claims of version 1 have those items in full.
    """
    return is_for_medicare(contents) and contents.version > 1


def member_id(contents: Contents) -> str:
    """Item 1a: as on the card, or without blanks and hyphens, as Medicare has it."""
    typed = contents.policy.member_id if contents.policy else ""
    asks = contents.payer is not None and contents.payer.bare_member_id is True
    bare = asks or is_for_medicare(contents)
    return code(typed) if bare and contents.version > 1 else fold(typed)


def patient_named(contents: Contents) -> Named:
    """Item 2: the client's name as on the insurance card, where that differs (NUCC)."""
    if contents.policy and contents.policy.client_name:
        on_card = last_first_middle(contents.policy.client_name)
        return Named(on_card, Place.POLICY, "card_last_name")
    return Named(last_first_middle(contents.client.name), Place.CLIENT, "last_name")


def insured_named(contents: Contents) -> Named:
    """Item 4: a person, or for workers' compensation the employer (NUCC).

    SAME for Medicare, where it would repeat item 2 (chapter 26).
    """
    insured = contents.policy.insured if contents.policy else None
    if insured is None:
        patient = patient_named(contents)
        return patient._replace(text=SAME) if follows_chapter_26(contents) else patient
    if insured.organization:
        return Named(fold(insured.organization), Place.POLICY, "insured_organization")
    return Named(last_first_middle(insured.name), Place.POLICY, "insured_last_name")


def insured_of(contents: Contents) -> InsuredPicture | None:
    """Who is in items 4, 7 and 11a: the insured, also where that is the client.

    Left out where Medicare pays first.
    """
    policy = contents.policy
    if policy is None or (is_medicare_first(contents) and contents.version > 1):
        return None
    if contents.version == 1:
        return policy.insured
    is_client = policy.insured is None and policy.relationship == "self"
    return _as_insured(contents.client) if is_client else policy.insured


def _as_insured(client: ClientPicture) -> InsuredPicture:
    return InsuredPicture(
        name=client.name,
        birth_date=client.birth_date,
        sex=client.sex,
        address=client.address,
        phone=client.phone,
    )


class OtherPlan(NamedTuple):
    """Items 9, 9a and 9d, and the field of the policy that 9d comes from."""

    insured: str
    number: str
    plan: str
    plan_field: str


def other_plan_of(contents: Contents) -> OtherPlan | None:
    """The client's other plan, or None. For Medicare, SAME stands for the client's own name.

    Where Medicare pays first, a Medigap plan only: MEDIGAP before the number, and the plan's COBA
    ID (chapter 26, items 9, 9a and 9d; others go blank).
    """
    policy = contents.policy
    if policy is None or not policy.another_plan:
        return None
    insured = last_first_middle(policy.other_insured_name or PersonName())
    if follows_chapter_26(contents) and insured in {"", last_first_middle(contents.client.name)}:
        insured = SAME
    number = code(policy.other_policy_number)
    if not is_medicare_first(contents) or contents.version == 1:
        return OtherPlan(insured, number, fold(policy.other_plan_name), "other_plan_name")
    if not policy.other_coba_id:
        return None
    number = f"MEDIGAP {number}" if number else ""
    return OtherPlan(insured, number, policy.other_coba_id, "other_coba_id")


def asks_for_taxonomy(contents: Contents) -> bool:
    """Whether the payer wants taxonomy codes: the clinician's in 24J, the practice's in 33b."""
    payer = contents.payer
    asks = payer is not None and payer.other_id_in_24j == "taxonomy"
    return asks and not is_for_medicare(contents)


def other_id_in_24j(contents: Contents) -> tuple[str, str, Place, str]:
    """Qualifier and number for the upper halves of 24I and 24J, "" if nothing belongs there.

    They are the rendering provider's: the pair tied to this payer, else the default one; the
    clinician's taxonomy where the payer asks for it. Medicare rejects a claim with anything here.
    Then place and field where the number was entered.
    """
    payer = contents.payer
    if payer is None or is_for_medicare(contents) or payer.other_id_in_24j == "none":
        return "", "", Place.PAYER, ""
    wants_taxonomy = asks_for_taxonomy(contents)
    if wants_taxonomy and contents.version == 1:
        taxonomy = fold(contents.letterhead.practice.taxonomy)
        return TAXONOMY if taxonomy else "", taxonomy, Place.BILLING, "taxonomy"
    others = list(enumerate(contents.letterhead.clinician.other_ids))
    if wants_taxonomy:
        others = [(n, other) for n, other in others if fold(other.qualifier) == TAXONOMY]
    tied = [(n, other) for n, other in others if other.payer == payer.id]
    usual = [(n, other) for n, other in others if other.payer is None]
    usual = usual if wants_taxonomy else [(n, other) for n, other in usual if other.is_default]
    for n, other in tied + usual:
        return fold(other.qualifier), code(other.number), Place.MY_DETAILS, f"other_ids-{n}-number"
    return "", "", Place.MY_DETAILS, ""


def billing_npi(contents: Contents) -> tuple[str, str]:
    """The NPI of 33a and the field of the billing details that holds it."""
    practice = contents.letterhead.practice
    if practice.npi_type == "individual":
        return practice.holder_npi, "holder_npi"
    return practice.group_npi, "group_npi"


def billing_named(contents: Contents) -> Named:
    """Item 33: the organization by its legal name, or the person who bills."""
    practice = contents.letterhead.practice
    if practice.npi_type == "individual":
        return Named(last_first_middle(practice.holder), Place.BILLING, "holder_last_name")
    name = fold(practice.legal_name or practice.name)
    too_long = len(name) > BOXES["33", "billing name"].width and contents.version > 1
    if practice.legal_name or too_long:  # what doesn't fit needs a legal name of its own
        return Named(name, Place.BILLING, "legal_name")
    return Named(name, Place.PRACTICE, "name")


def billing_other_id(contents: Contents) -> Named:
    """Item 33b: the payer's number for the practice, else the taxonomy where the payer asks for it.

    Medicare rejects a claim with anything here.
    """
    payer, practice = contents.payer, contents.letterhead.practice
    if payer and payer.billing_other_id and not is_for_medicare(contents):
        number = f"{payer.billing_other_id_qualifier or ''}{code(payer.billing_other_id)}"
        return Named(number, Place.PAYER, "billing_other_id")
    taxonomy = fold(practice.taxonomy)
    if taxonomy and asks_for_taxonomy(contents):
        return Named(f"{TAXONOMY}{taxonomy}", Place.BILLING, "taxonomy")
    return Named("", Place.BILLING, "taxonomy")


def facility_of(contents: Contents) -> Facility | None:
    """The place in item 32, or None.

    The lines decide: for care at home or by telehealth the client wasn't at the office. Medicare,
    and a payer that says so, wants the item always: then home is the client's (CR 6947), and with
    telehealth it is where the clinician practices.
    """
    location, always = contents.letterhead.location, _always_has_facility(contents)
    places = _places_of_service(contents)
    in_person = places - NOT_AT_A_FACILITY
    if HOME in places and not in_person and contents.version > 1:
        return _home(contents) if always else None
    if location is None or not (location.address.line1 or location.address.city):
        return None
    is_billing_address = same_address(location.address, contents.letterhead.practice.address)
    if not always and (not in_person or is_billing_address):
        return None
    if follows_chapter_26(contents):  # sends back anything in 32b
        location = replace(location, other_id="", other_id_qualifier="")
    return Facility(location, Place.LOCATION)


def _always_has_facility(contents: Contents) -> bool:
    asks = contents.payer is not None and contents.payer.facility_always is True
    return contents.version > 1 and (asks or is_for_medicare(contents))


def _places_of_service(contents: Contents) -> set[str]:
    location = contents.letterhead.location
    usual = {location.place_of_service} if location else set()
    if contents.version == 1:
        return usual
    return {line.place_of_service.strip() for line in contents.visit.lines} or usual


def _home(contents: Contents) -> Facility:
    client = contents.client
    home = PlaceOfCare(name=_PATIENTS_HOME, place_of_service=HOME, address=client.address)
    return Facility(home, Place.CLIENT)
