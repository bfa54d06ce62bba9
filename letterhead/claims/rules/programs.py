"""What Medicare, Medicaid and who pays for accidents ask beyond the form itself."""

import datetime as dt
import re

from django.utils.translation import gettext

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place
from letterhead.claims.asked import TAXONOMY, is_for_medicare, is_medicare_first, other_plan_of
from letterhead.claims.rules.rule import CHAPTER_26, GUIDE, NUCC, Rows, Rule, warns
from letterhead.claims.texts import code
from letterhead.texts.claim_letters import fold
from letterhead.ui.dates import short_day

_CHAPTER_1_70 = "Medicare Claims Processing Manual, chapter 1, section 70; 42 CFR 424.44"
_CHAPTER_1_30 = "Medicare Claims Processing Manual, chapter 1, 30.3.1; SSA 1842(b)(18)(C)"
_NUTRITION = "42 CFR 410.132(c); NCD 180.1; Medicare Claims Processing Manual, chapter 26, item 17"
NUTRITION_THERAPY = {"97802", "97803", "97804", "G0270", "G0271"}
# Who must accept assignment, by the beginning of their taxonomy (NUCC) and by their credentials:
# dietitians, clinical psychologists and social workers, marriage and family therapists, mental
# health counselors, physician assistants, and the four kinds of advanced practice nurses.
_TAXONOMIES = (
    *("133V", "133N", "103TC0700", "1041C0700", "106H", "101YM0800"),
    *("363A", "363L", "364S", "367A", "3675"),
)
_CREDENTIALS = {
    *("RD", "RDN", "PSYD", "LCSW", "LICSW", "LMFT", "LMHC", "LPC", "LPCC"),
    *("PA-C", "NP", "FNP", "PMHNP", "CNS", "CNM", "CRNA"),
}


def last_day_to_file(service_on: dt.date) -> dt.date:
    """The last day on which Medicare may receive a claim; of February 29, the next February 28."""
    try:
        return service_on.replace(year=service_on.year + 1)
    except ValueError:
        return service_on.replace(year=service_on.year + 1, day=28)


def _too_late(contents: Contents) -> Rows:
    if not is_for_medicare(contents):
        return
    for n, line in enumerate(contents.visit.lines):
        last = last_day_to_file(line.service_on)
        if last < contents.issued_on:
            words = gettext(
                "Medicare takes claims for 12 months; it had to receive this one by %(date)s. "
                "Check the date, or ask Medicare for an exception."
            )
            yield n, words % {"date": short_day(last)}


def _no_referral(contents: Contents) -> str:
    therapy = any(code(line.code) in NUTRITION_THERAPY for line in contents.visit.lines)
    referrer = contents.visit.referrer
    if not (therapy and is_for_medicare(contents)) or (referrer and referrer.qualifier == "DN"):
        return ""
    return gettext(
        "Medicare pays for nutrition therapy only if a physician referred the client. Enter the "
        "physician as referring provider, with the NPI."
    )


def _referrer_without_npi(contents: Contents) -> str:
    referrer = contents.visit.referrer
    lacks = is_for_medicare(contents) and referrer and not code(referrer.npi)
    words = gettext("Medicare sends back a referring provider without an NPI. Enter it.")
    return words if lacks else ""


def _must_accept(contents: Contents) -> bool:
    """Whether the law has whoever gave these services accept what Medicare pays."""
    clinician = contents.letterhead.clinician
    taxonomies = [
        code(other.number) for other in clinician.other_ids if fold(other.qualifier) == TAXONOMY
    ]
    if contents.letterhead.practice.npi_type == "individual":
        taxonomies.append(code(contents.letterhead.practice.taxonomy))
    return (
        any(code(line.code) in NUTRITION_THERAPY for line in contents.visit.lines)
        or any(taxonomy.startswith(_TAXONOMIES) for taxonomy in taxonomies)
        or not _CREDENTIALS.isdisjoint(re.findall(r"[A-Z-]+", clinician.credentials.upper()))
    )


def _unassigned(contents: Contents) -> str:
    if contents.visit.accept_assignment or contents.payer is None:
        return ""
    if contents.payer.kind == "medicaid":
        return gettext(
            "Medicaid pays only those who take its payment as payment in full. Select Accept "
            "assignment."
        )
    if is_for_medicare(contents) and _must_accept(contents):
        return gettext(
            "In your profession everyone accepts assignment for Medicare, and Medicare reads the "
            "claim that way. Select Accept assignment."
        )
    return ""


def _medigap(contents: Contents) -> str:
    policy = contents.policy
    if not policy or not policy.another_plan or not is_medicare_first(contents):
        return ""
    if re.fullmatch(r"5[0-9]{4}", policy.other_coba_id or ""):
        return ""
    return gettext(
        "Enter the Medigap plan's COBA ID, five digits from CMS's list. Without it Medicare won't "
        "pass the claim on. Plans that aren't Medigap stay off it, and items 9 to 9d print nothing."
    )


def _medigap_number(contents: Contents) -> str:
    other = other_plan_of(contents) if is_medicare_first(contents) else None
    return gettext("Enter the Medigap policy's number.") if other and not other.number else ""


def _undated_accident(contents: Contents) -> str:
    visit = contents.visit
    accident = visit.employment_related or visit.auto_accident
    if not accident or visit.onset_on or (visit.other_date and visit.other_date_qualifier == "439"):
        return ""
    return gettext("Item 10 says that this is from an accident or from work. Enter when it began.")


def _accident_without_claim(contents: Contents) -> str:
    visit, policy = contents.visit, contents.policy
    accident = visit.employment_related or visit.auto_accident
    if not accident or policy is None or policy.other_claim_id or is_medicare_first(contents):
        return ""
    return gettext(
        "Item 10 says that this is from an accident or from work. Enter the insurer's claim number "
        "for it, if there is one."
    )


def _own_npi(contents: Contents) -> str:
    practice, own = contents.letterhead.practice, code(contents.letterhead.clinician.npi)
    if practice.npi_type != "organization" or not own or code(practice.group_npi) != own:
        return ""
    return gettext(
        "The group NPI is the clinician's own. Enter the organization's, or choose Individual as "
        "NPI type if one person bills."
    )


OWN_NPI_AS_GROUP = "33a-group_npi-own"
RULES_OF_PROGRAMS: tuple[Rule, ...] = (
    warns(Rule("24A-medicare-year", "24A", Place.VISIT, "lines-#-service_on",
               "Medicare receives a claim within 12 months", _too_late), _CHAPTER_1_70),
    Rule("17-nutrition-referral", "17", Place.VISIT, "referrer_last_name",
         "Nutrition therapy for Medicare names the physician who referred", _no_referral,
         _NUTRITION),
    Rule("17b-medicare-npi", "17b", Place.VISIT, "referrer_npi",
         "Who referred a Medicare client has an NPI", _referrer_without_npi, CHAPTER_26),
    warns(Rule("9d-medigap", "9d", Place.POLICY, "other_coba_id",
               "A Medigap plan has its COBA ID", _medigap), CHAPTER_26),
    warns(Rule("9a-medigap", "9a", Place.POLICY, "other_policy_number",
               "A Medigap plan has its policy number", _medigap_number), CHAPTER_26),
    warns(Rule("27-accepted", "27", Place.VISIT, "accept_assignment",
               "Who must accept assignment does", _unassigned),
          f"{_CHAPTER_1_30}; Medicaid: 42 CFR 447.15"),
    warns(Rule("14-accident-missing", "14", Place.VISIT, "onset_on",
               "An accident or condition from work has a date", _undated_accident), GUIDE),
    warns(Rule("11b-claim-missing", "11b", Place.POLICY, "other_claim_id",
               "An accident has the insurer's claim number", _accident_without_claim), NUCC),
    warns(Rule(OWN_NPI_AS_GROUP, "33a", Place.BILLING, "group_npi",
               "An organization has an NPI of its own", _own_npi), NUCC),
)  # fmt: skip
