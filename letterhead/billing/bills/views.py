"""Pages of bills: the list, a draft with its problems, an issued bill with its files."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST

from letterhead.billing.bills.actions import (
    AlreadyCorrected,
    AlreadyIssued,
    Apart,
    NotReady,
    correct,
    discard,
    issue,
    open_draft,
    problems_of,
    read_issued_file,
)
from letterhead.billing.bills.forms import CorrectionForm, SoughtForm
from letterhead.billing.bills.picture import picture_of
from letterhead.billing.bills.queries import Sought, clinicians_with_bills, find_bills
from letterhead.billing.fixing import with_links
from letterhead.billing.kinds import is_made_in, kind_of, words_of
from letterhead.billing.models import Bill, IssuedFile
from letterhead.billing.queries import (
    bills_seen_by,
    contents_of,
    corrected_by,
    correction_of,
    draft_contents,
    files_of,
    issued_contents,
    visits_on,
    visits_seen_by,
)
from letterhead.billing.readiness import of_bill
from letterhead.claims.queries import claim_for_printer, printers_in, undated_signatures
from letterhead.clients.queries import clients_seen_by
from letterhead.countries.money import money
from letterhead.countries.table import country_of
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may
from letterhead.ui.by_key import read_id
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog


@members_only(Act.SEE_BILLS)
def bills(request: PracticeRequest) -> HttpResponse:
    """List bills: sought, in order, a page at a time, and what they come to."""
    clinicians = clinicians_with_bills(request.practice)
    form = SoughtForm(request.GET, clinicians=clinicians, practice=request.practice)
    context = {"form": form, "any": bool(clinicians)}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "billing/bills.html", context, status=status)
    sought = form.sought
    found = find_bills(request.membership, sought, clinicians=[pk for pk, _ in clinicians])
    context |= {
        "found": found,
        "totals": [
            money(total, currency, country=request.practice.country)
            for currency, total in sorted(found.totals.items())
        ],
        "columns": _columns(request.GET, sought.order),
        "narrowed": sought != Sought(order=sought.order, after=sought.after, before=sought.before),
        "add_up": _address(request.GET, sum="1"),
        "all": _address({"sort": request.GET.get("sort", "")}),
        "first": _address(request.GET, after="", before=""),
        "previous": _address(request.GET, after="", before=found.bills and found.bills[0].pk),
        "next": _address(request.GET, before="", after=found.bills and found.bills[-1].pk),
    }
    return render(request, "billing/bills.html", context)


def _address(asked: Mapping[str, Any], **changed: Any) -> str:
    """The address of the list as it was asked for, but for what is changed."""
    query = {**{name: asked[name] for name in asked}, **changed}
    return "?" + urlencode({name: value for name, value in query.items() if value})


def _columns(asked: Mapping[str, Any], order: str) -> list[dict[str, Any]]:
    """The heads of the list; most of them are links that put it in another order."""
    heads = (
        (_("Bill"), "", False),
        (_("Client"), "client", False),
        (_("Date of visit"), "visit", True),
        (_("Clinician"), "", False),
        (_("Status"), "", False),
        (_("Total"), "total", True),
    )
    columns = []
    for label, name, down_first in heads:
        sorted_, other = "", f"-{name}" if down_first else name
        if order.lstrip("-") == name:
            down = order.startswith("-")
            sorted_, other = ("descending", name) if down else ("ascending", f"-{name}")
        url = _address(asked, sort=other, after="", before="")
        columns.append({"label": label, "name": name, "url": url, "sorted": sorted_})
    return columns


@members_only(Act.BILL)
@require_POST
def new_bill(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """Show the visit's draft of this kind, made if there is none."""
    _only_where_made(request, kind)
    visit = get_object_or_404(visits_seen_by(request.membership), pk=pk)
    return redirect("bill", open_draft(visit, kind=kind, by=request.user).pk)


@members_only(Act.BILL)
@require_POST
def new_bill_of_visits(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """Show the draft for the chosen visits of a client, or say why they can't be on one bill."""
    _only_where_made(request, kind)
    chosen = set(request.POST.getlist("visit"))
    client = get_object_or_404(clients_seen_by(request.membership), pk=pk)
    ids = [pk for pk in map(read_id, chosen) if pk is not None]
    visits = list(visits_seen_by(request.membership).filter(client=client, pk__in=ids))
    if len(visits) < len(chosen):
        raise Http404
    if not visits:
        messages.error(request, _("Choose at least one visit."))
        return redirect("client", pk)
    try:
        return redirect("bill", open_draft(*visits, kind=kind, by=request.user).pk)
    except Apart as why:
        context = {"client": client, "visits": visits[::-1], "problems": why.problems}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "billing/apart.html", context, status=status)


@members_only(Act.SEE_BILLS)
def bill(request: PracticeRequest, pk: int) -> HttpResponse:
    """Show a draft with its problems, or an issued bill with its files."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    if hasattr(found, "issued"):
        on_forms = IssuedFile.Form.PREPRINTED in kind_of(found).forms
        contents = contents_of(found, now=timezone.now())
        country = country_of(contents.letterhead.practice.address.country)
        kind = kind_of(found)
        context = {
            "bill": found,
            "words": kind.words(country),
            "visits": visits_on(found),
            "contents": contents,
            "files": [(file, kind.file_name(file.form, country)) for file in files_of(found)],
            "printers": printers_in(request.practice) if on_forms else (),
            "corrects": corrected_by(found),
            "correction": correction_of(found),
            "may_correct": on_forms and _may_make(request, found),
        }
        return render(request, "billing/issued_bill.html", context)
    return _draft(request, found)


def _only_where_made(request: PracticeRequest, kind: str) -> None:
    if not is_made_in(request.practice, kind):
        raise Http404


def _may_make(request: PracticeRequest, found: Bill) -> bool:
    return may(request.membership, Act.BILL) and is_made_in(request.practice, found.kind)


@members_only(Act.BILL)
@require_POST
def issue_bill(request: PracticeRequest, pk: int) -> HttpResponse:
    """Issue a draft, or show it again with its errors; a total of 0 is confirmed first."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    _only_where_made(request, found.kind)
    if "total_is_0" not in request.POST and not hasattr(found, "issued"):
        if draft_contents(found, now=timezone.now()).total == 0:
            return _draft(request, found, status=422)
    try:
        issue(found, by=request.user, now=timezone.now())
    except NotReady:
        return _draft(request, found, status=422)
    except AlreadyIssued:
        pass  # a second press: the page shows the bill that was issued
    return redirect("bill", found.pk)


@members_only(Act.BILL)
def correct_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Correct this claim: draft a corrected or void claim, or show why it can't be."""
    _only_where_made(request, Bill.Kind.CMS1500)
    claims = bills_seen_by(request.membership).filter(kind=Bill.Kind.CMS1500, issued__isnull=False)
    found = get_object_or_404(claims, pk=pk)
    draft = correction_of(found)
    payer = issued_contents(found.issued).payer
    is_for_medicare = payer is not None and payer.kind == "medicare"
    is_void = found.resubmission_code == Bill.Resubmission.VOID
    is_corrected = draft is not None and draft.state == Bill.State.ISSUED
    if is_for_medicare or is_void or is_corrected:
        context = {"bill": found, "is_for_medicare": is_for_medicare, "is_void": is_void}
        return render(request, "billing/no_correction.html", context | {"correction": draft})
    form = CorrectionForm(posted(request), initial=vars(draft) if draft else None)
    if saving(request) and form.is_valid():
        said = form.cleaned_data
        try:
            made = correct(
                found,
                code=said["resubmission_code"],
                reference=said["original_reference"],
                by=request.user,
            )
        except AlreadyCorrected as before:
            made = before.by
        return redirect("bill", made.pk)
    context = {"title": _("Correct this claim"), "back": reverse("bill", args=[pk]), "form": form}
    return page_or_dialog(request, "billing/correct_claim.html", context | {"bill": found})


@members_only(Act.BILL)
@require_POST
def discard_draft(request: PracticeRequest, pk: int) -> HttpResponse:
    """Throw a draft away and show the client's page; an issued bill stays."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    try:
        discard(found, by=request.user)
    except AlreadyIssued:
        return redirect("bill", found.pk)
    except Bill.DoesNotExist as gone:
        raise Http404 from gone
    return done(request, reverse("client", args=[found.visit.client_id]), _("Draft discarded"))


def _draft(request: PracticeRequest, found: Bill, status: int = 200) -> HttpResponse:
    kind = kind_of(found)
    visits = visits_on(found)
    contents = draft_contents(found, now=timezone.now(), visits=visits)
    problems = with_links(
        (*problems_of(found, contents, visits), *undated_signatures(found)),
        visit=found.visit,
        visits=visits,
        contents=contents,
        member=request.membership,
        corrects=found.corrects_id,
    )
    readiness = of_bill(problems, bill=found, member=request.membership)
    here, forms = request.practice.place, () if readiness.missing else kind.forms
    context = {
        "bill": found,
        "words": kind.words(here),
        "visits": visits,
        "contents": contents,
        "readiness": readiness,
        "forms": [(form, kind.file_name(form, here)) for form in forms],
        "corrects": corrected_by(found),
        "may_issue": _may_make(request, found),
        "may_bill": may(request.membership, Act.BILL),
    }
    return render(request, "billing/draft_bill.html", context, status=status)


@members_only(Act.SEE_BILLS)
@gzip_page
def bill_sheet(request: PracticeRequest, pk: int) -> HttpResponse:
    """Answer the pages of a bill as a picture: a draft's as of now, an issued bill's as frozen."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    drawn = picture_of(kind_of(found).draw(contents_of(found, now=timezone.now())))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


@members_only(Act.SEE_BILLS)
def issued_file(request: PracticeRequest, pk: int, form: str) -> HttpResponse:
    """Answer a file as it was issued, to the byte."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    file = get_object_or_404(files_of(found).select_related("issued__bill"), form=form)
    country = issued_contents(file.issued).letterhead.practice.address.country
    return _pdf(read_issued_file(file), file.issued.number, _named(found, form, country))


@members_only(Act.SEE_BILLS)
def file_for_printer(request: PracticeRequest, pk: int, printer: int) -> HttpResponse:
    """Answer the file for pre-printed forms, moved to where this printer needs it."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    file = get_object_or_404(
        files_of(found).select_related("issued"), form=IssuedFile.Form.PREPRINTED
    )
    needs = get_object_or_404(printers_in(request.practice), pk=printer)
    data = claim_for_printer(issued_contents(file.issued), needs)
    return _pdf(data, file.issued.number, file.form)


@members_only(Act.SEE_BILLS)
def draft_file(request: PracticeRequest, pk: int, form: str) -> HttpResponse:
    """Answer a draft with today's details; 404 while it has errors."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk, issued__isnull=True)
    kind = kind_of(found)
    visits = visits_on(found)
    contents = draft_contents(found, now=timezone.now(), visits=visits)
    refused = any(problem.severity == "error" for problem in problems_of(found, contents, visits))
    if form not in kind.forms or refused:
        raise Http404
    name = _named(found, form, request.practice.country)
    return _pdf(kind.render(contents)[form], f"draft-{found.pk}", name)


def _named(found: Bill, form: str, country: str) -> str:
    """What the name of a file says of its form: the main one is called as the bill is."""
    return words_of(found, country).name if form == kind_of(found).forms[0] else form


def _pdf(data: bytes, number: str, form: str) -> HttpResponse:
    """Answer a PDF; its file name has number and form, and names no client."""
    headers = {
        "Content-Disposition": f'inline; filename="{number}-{form}.pdf"',
        "Cache-Control": "no-store",
    }
    response = HttpResponse(data, content_type="application/pdf", headers=headers)
    setattr(response, "_csp_exempt", True)  # noqa: B010  # browsers' viewers are built with styles
    return response
