"""Pages of the printers that take the pre-printed form, reached from Account Settings."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.activity.changes import Stale
from letterhead.claims.printers.actions import add_printer, change_printer
from letterhead.claims.printers.forms import PrinterForm
from letterhead.claims.queries import printer_test_page, printers_in
from letterhead.practices.access import members_only
from letterhead.practices.actions import NameTaken
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

SETTINGS = "account-settings"
TAKEN = gettext_lazy("Another printer has this name.")


@members_only(Act.CHANGE_SETTINGS)
def new_printer(request: PracticeRequest) -> HttpResponse:
    """Add printer."""
    _only_with_claims(request)
    form = PrinterForm(posted(request))
    if saving(request) and form.is_valid():
        try:
            printer = add_printer(request.practice, columns=form.columns(), by=request.user)
            return done(request, SETTINGS, _("%(name)s added") % {"name": printer.name})
        except NameTaken:
            form.add_error("name", TAKEN)
    context = {"title": _("Add printer"), "back": SETTINGS, "form": form}
    return page_or_dialog(request, "claims/printer.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_printer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit a printer."""
    _only_with_claims(request)
    printer = get_object_or_404(printers_in(request.practice), pk=pk)
    form = PrinterForm(posted(request), instance=printer)
    if saving(request) and form.is_valid():
        try:
            changed = change_printer(
                printer,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, outcome(changed, _("Printer saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except NameTaken:
            form.add_error("name", TAKEN)
    context = {"title": _("Edit %(name)s") % {"name": printer.name}, "back": SETTINGS, "form": form}
    return page_or_dialog(request, "claims/printer.html", context)


@members_only(Act.CHANGE_SETTINGS)
def print_test_page(request: PracticeRequest, pk: int) -> HttpResponse:
    """Answer the page that shows how far a printer is off."""
    _only_with_claims(request)
    printer = get_object_or_404(printers_in(request.practice), pk=pk)
    headers = {"Content-Disposition": 'inline; filename="test-page.pdf"'}
    return HttpResponse(printer_test_page(printer), content_type="application/pdf", headers=headers)


def _only_with_claims(request: PracticeRequest) -> None:
    if not request.practice.uses_us_claims:
        raise Http404
