"""The panel "Where it appears": one place at a time, next to the sections or their forms."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from letterhead.details.appearances import Appearance, Details, appearance, appearances
from letterhead.details.models import Practitioner
from letterhead.details.names import OnClaims, name_and_signature_on_claims
from letterhead.details.queries import saved_details
from letterhead.practices.models import Practice


@dataclass(frozen=True)
class Panel:
    """What the panel's template draws; without a `sheet` the page fetches it after it loads."""

    section: str  # whose form is next to it; "" on My Details itself
    places: tuple[Appearance, ...]
    place: Appearance
    sheet: SafeString | None = None
    facts: tuple[OnClaims, ...] = ()
    is_less: bool = False  # something saved would be gone, and nothing can carry a mark
    email_waits: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether something differs from what is saved."""
        return "<mark" in (self.sheet or "") or 'class="changed"' in (self.sheet or "")


def panel_at(
    place: str,
    *,
    practice: Practice,
    section: str = "",
    now: Details | None = None,
    saved: Details | None = None,
) -> Panel:
    """Return the panel at a place, by its slug, drawn with `now` if that is given."""
    known, chosen = appearances(practice), appearance(place, practice)
    if now is None:
        return Panel(section, known, chosen)
    clinician = now.letterhead.clinician
    is_on_claims = section == "general" and practice.uses_us_claims
    facts = name_and_signature_on_claims(clinician) if is_on_claims else ()
    panel = Panel(section, known, chosen, chosen.draw(now, saved), facts)
    if saved is None or now == saved:
        return panel
    return replace(
        panel,
        is_less=not panel.has_marks and chosen.draw(now, None) != chosen.draw(saved, None),
        email_waits=_email(now) != _email(saved),
    )


def _email(details: Details) -> str:
    return details.letterhead.clinician.contact_email


def panel_beside(
    section: str,
    *,
    place: str,
    practitioner: Practitioner,
    preview: Callable[[Details], Details],
    at_once: bool,
) -> Panel:
    """Return the panel next to a section's form; `preview` puts the form's values over the saved.

    In a pop-up the page draws it later; on a page without scripts it is drawn `at_once`.
    """
    practice = practitioner.practice
    if not at_once:
        return panel_at(place, practice=practice, section=section)
    saved = saved_details(practitioner)
    return panel_at(place, practice=practice, section=section, now=preview(saved), saved=saved)
