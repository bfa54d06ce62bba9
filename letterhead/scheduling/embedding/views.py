"""The settings of the online scheduler: its address, its QR code, and sites that show it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act
from letterhead.scheduling.embedding.actions import change_sites
from letterhead.scheduling.embedding.forms import SitesForm
from letterhead.scheduling.embedding.tag import frame_tag, qr_code, scheduler_url
from letterhead.scheduling.offered import practice_rules_of
from letterhead.scheduling.queries import practice_rules
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

PAGE = "online-scheduler"


@members_only(Act.CHANGE_SETTINGS)
def online_scheduler(request: PracticeRequest) -> HttpResponse:
    """Show where clients find the scheduler, and how another site shows it."""
    url = scheduler_url(request.practice)
    context = {
        "url": url,
        "qr_code": qr_code(url),
        "tag": frame_tag(request.practice),
        "sites": practice_rules_of(request.practice).embedded_by,
    }
    return render(request, "scheduling/embedding/page.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_sites(request: PracticeRequest) -> HttpResponse:
    """Edit the sites that show the scheduler."""
    rules = practice_rules(request.practice)
    form = SitesForm(posted(request), instance=rules)
    if saving(request) and form.is_valid():
        try:
            changed = change_sites(
                rules,
                sites=form.cleaned_data["embedded_by"],
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, PAGE, outcome(changed, _("Sites saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": _("Edit sites that show the scheduler"), "back": PAGE, "form": form}
    return page_or_dialog(request, "scheduling/embedding/edit_sites.html", context)
