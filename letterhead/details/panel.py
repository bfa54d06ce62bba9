"""The panel "Where it appears": one place at a time, beside the sections or beside their forms."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from letterhead.details.appearances import Appearance, Shown, appearance, appearances
from letterhead.details.models import Practitioner
from letterhead.details.printed import as_claims_print_it
from letterhead.details.queries import shown_as_saved


@dataclass(frozen=True)
class Panel:
    """What the panel's template draws; without a `sheet` the page fetches it once it stands."""

    section: str  # whose form is beside it; "" on My Details itself
    places: tuple[Appearance, ...]
    place: Appearance
    sheet: SafeString | None = None
    facts: tuple[tuple[str, str], ...] = ()
    is_less: bool = False  # something that is saved would be gone, and nothing can carry a mark
    email_waits: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether something differs from what is saved."""
        return "<mark" in (self.sheet or "") or 'class="changed"' in (self.sheet or "")


def panel_at(
    place: str, *, section: str = "", now: Shown | None = None, saved: Shown | None = None
) -> Panel:
    """Give the panel at a place, by its slug; drawn with `now` where that is given."""
    chosen = appearance(place)
    if now is None:
        return Panel(section, appearances(), chosen)
    facts = as_claims_print_it(now.letterhead.clinician) if section == "general" else ()
    panel = Panel(section, appearances(), chosen, chosen.draw(now, saved), facts)
    if saved is None or now == saved:
        return panel
    return replace(
        panel,
        is_less=not panel.has_marks and chosen.draw(now, None) != chosen.draw(saved, None),
        email_waits=_email(now) != _email(saved),
    )


def _email(shown: Shown) -> str:
    return shown.letterhead.clinician.contact_email


def panel_beside(
    section: str,
    *,
    place: str,
    practitioner: Practitioner,
    typed: Callable[[Shown], Shown],
    at_once: bool,
) -> Panel:
    """Give the panel beside a section's form; `typed` puts what stands in it over what is saved.

    In a pop-up it is drawn later, by the page; on a page without scripts `at_once`.
    """
    if not at_once:
        return panel_at(place, section=section)
    saved = shown_as_saved(practitioner)
    return panel_at(place, section=section, now=typed(saved), saved=saved)
