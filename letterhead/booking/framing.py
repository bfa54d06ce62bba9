"""The sites that show a practice's scheduler in a frame: they alone can, and only its pages."""

from typing import Any

from letterhead.scheduling.models import PracticeRules

Sites = tuple[str, ...]


def sites_of(practice: int) -> Sites:
    """Return the origins of the sites that a practice named."""
    found = PracticeRules.objects.filter(pk=practice).values_list("embedded_by", flat=True).first()
    return tuple(found or ())


def framed_by(answer: Any, sites: Sites) -> Any:
    """Let these sites show an answer in a frame; without any, nobody can, as everywhere."""
    if sites:
        answer.xframe_options_exempt = True  # the policy says it more exactly
        answer._csp_replace = {"frame-ancestors": list(sites)}
    return answer
