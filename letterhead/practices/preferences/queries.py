"""Who a member can name as the colleague to turn to."""

from django.db.models import Q, QuerySet

from letterhead.practices.models import Membership
from letterhead.practices.queries import active


def colleagues_of(member: Membership) -> QuerySet[Membership]:
    """Return the colleagues with a public card, and the one who is named now, by name."""
    public = active() & Q(show_on_calendar=True, practitioner__card__is_shown=True)
    rows = Membership.objects.filter(
        public | Q(pk=member.away_colleague_id), practice=member.practice_id
    )
    names = ("practitioner__first_name", "practitioner__last_name")
    rows = rows.exclude(pk=member.pk).select_related("practitioner").only(*names)
    return rows.order_by("practitioner__folded", "pk")
