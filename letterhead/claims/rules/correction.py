"""Rules of item 22: a claim that replaces or voids one that the payer has."""

from django.utils.translation import gettext

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place
from letterhead.claims.asked import is_for_medicare
from letterhead.claims.rules.rule import CHAPTER_26, WHOLE, Rule
from letterhead.texts.claim_letters import fold


def _resubmission_code(contents: Contents) -> str:
    known = contents.visit.resubmission_code in {"", "7", "8"}
    return "" if known else gettext("Use 7 for a replacement claim or 8 for a void claim.")


def _resubmission_pair(contents: Contents) -> str:
    visit = contents.visit
    if bool(visit.resubmission_code) == bool(fold(visit.original_reference)):
        return ""
    return gettext("The code and the payer's claim number need each other. Enter both or neither.")


def _to_medicare(contents: Contents) -> str:
    visit = contents.visit
    if not is_for_medicare(contents) or not (visit.resubmission_code or visit.original_reference):
        return ""
    return gettext(
        "Medicare doesn’t take corrected claims on paper: item 22 must be blank. Discard this "
        "draft, and ask the Medicare contractor for a clerical error reopening."
    )


RULES_OF_CORRECTION: tuple[Rule, ...] = (
    Rule("22-code", "22", Place.CORRECTION, "resubmission_code",
         "A resubmission code is 7 or 8", _resubmission_code),
    Rule("22-pair", "22", Place.CORRECTION, "original_reference",
         "A resubmission names the payer's claim number", _resubmission_pair),
    Rule("22-medicare", "22", Place.CORRECTION, "resubmission_code",
         "Item 22 is blank for Medicare", _to_medicare, CHAPTER_26, sentence=WHOLE),
)  # fmt: skip
