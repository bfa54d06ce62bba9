"""Rules of the items that only some payers ask for."""

from collections.abc import Callable

from django.utils.translation import gettext

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.problems import Place
from letterhead.claims.asked import facility_of, is_for_medicare
from letterhead.claims.rules.rule import CHAPTER_26, WHOLE, Rows, Rule, prints, warns
from letterhead.details.letterhead import PersonName
from letterhead.texts.claim_letters import fold

# NUCC: condition codes approved for the 1500: abortion and sterilization; workers' compensation.
_CONDITION_CODES = {*("AA", "AB", "AC", "AD", "AE", "AF", "AG", "AH", "AI"),
                    *("W2", "W3", "W4", "W5")}  # fmt: skip
_MEDICAID = "MCD"


def _claim_codes(contents: Contents) -> str:
    typed = fold(contents.visit.claim_codes)
    unknown = [code for code in typed.split() if code not in _CONDITION_CODES]
    if is_for_medicare(contents) or not unknown:
        return ""
    words = gettext("“%(code)s” in item 10d isn't a condition code. Check what the payer asks for.")
    return words % {"code": unknown[0]}


def _medicaid_number(contents: Contents) -> str:
    typed = fold(contents.visit.claim_codes)
    if not is_for_medicare(contents) or not typed or typed.startswith(_MEDICAID):
        return ""
    return gettext(
        "For Medicare item 10d has only a Medicaid number, with MCD before it. Change it or leave "
        "it empty."
    )


def _lab_is_named(contents: Contents) -> str:
    if contents.visit.outside_lab_charge is None or facility_of(contents):
        return ""
    return gettext(
        "Item 20 says Yes, but item 32 has no outside lab. Choose the lab as the visit's location."
    )


def _epsdt_for_medicare(contents: Contents) -> Rows:
    for n, line in enumerate(contents.visit.lines):
        if is_for_medicare(contents) and (field := _of_24h(line)):
            words = gettext("Medicare takes nothing in item 24H. Leave it empty in line %(line)s.")
            yield f"{n}-{field}", words % {"line": n + 1}


def _of_24h(line: ServiceLinePicture) -> str:
    return "epsdt_reason" if line.epsdt_reason else "family_plan" if line.family_plan else ""


def _last_day_in_the_past(contents: Contents) -> Rows:
    for n, line in enumerate(contents.visit.lines):
        if line.until and line.until > contents.issued_on:
            words = gettext("The last day is in the future. See item 24A, line %(line)s.")
            yield n, words % {"line": n + 1}


def _name_on_card(contents: Contents) -> PersonName | None:
    return (contents.policy.client_name or None) if contents.policy else None


def _number_of_practice(contents: Contents) -> str:
    payer = contents.payer
    if not payer or bool(payer.billing_other_id) == bool(payer.billing_other_id_qualifier):
        return ""
    return gettext("A number and its qualifier need each other. Enter both or neither.")


def _of_visit(
    name: str, field: str, asks: str, wrong: Callable[[Contents], str], source: str = ""
) -> Rule:
    item = name.partition("-")[0]
    rule = Rule(name, item, Place.VISIT, field, asks, wrong, sentence=WHOLE)
    return warns(rule, source) if source else warns(rule)


RULES_OF_ITEMS: tuple[Rule, ...] = (
    prints("2", Place.POLICY, "card_", "The client's name on the card", _name_on_card),
    _of_visit("10d-codes", "claim_codes", "Claim codes are condition codes", _claim_codes),
    _of_visit("10d-medicaid", "claim_codes", "For Medicare a Medicaid number stands behind MCD",
              _medicaid_number, CHAPTER_26),
    _of_visit("20-facility", "location", "An outside lab is named in item 32", _lab_is_named),
    Rule("33b-pair", "33b", Place.PAYER, "billing_other_id",
         "The practice's number with the payer has its qualifier", _number_of_practice),
    Rule("24A-until-past", "24A", Place.VISIT, "lines-#-until", "No last day is in the future",
         _last_day_in_the_past, sentence=WHOLE),
    warns(Rule("24H-medicare", "24H", Place.VISIT, "lines-#", "Item 24H stays empty for Medicare",
               _epsdt_for_medicare, sentence=WHOLE), CHAPTER_26),
)  # fmt: skip
