"""Pages of bills: the list, a draft with what would be refused, what was issued with its files."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from letterhead.billing.actions import (
    AlreadyIssued,
    Check,
    NotReady,
    Render,
    check_superbill,
    issue_superbill,
    make_bill,
    read_issued_file,
    render_superbill,
)
from letterhead.billing.mending import mended
from letterhead.billing.models import Bill, IssuedBill, IssuedFile
from letterhead.billing.queries import (
    bills_seen_by,
    draft_contents,
    files_of,
    issued_contents,
    visits_seen_by,
)
from letterhead.claims.actions import check_claim, issue_claim, render_claim
from letterhead.claims.queries import offset_of, printers_in
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may

BILLS_A_PAGE = 50


class Kind(NamedTuple):
    """What is done with one kind of bill."""

    issue: Callable[..., IssuedBill]
    check: Check
    render: Render
    forms: tuple[IssuedFile.Form, ...]


_KINDS = {
    Bill.Kind.SUPERBILL: Kind(
        issue_superbill, check_superbill, render_superbill, (IssuedFile.Form.SUPERBILL,)
    ),
    Bill.Kind.CMS1500: Kind(
        issue_claim,
        check_claim,
        render_claim,
        (IssuedFile.Form.CMS1500, IssuedFile.Form.PREPRINTED),
    ),
}


@members_only(Act.SEE_BILLS)
def bills(request: PracticeRequest) -> HttpResponse:
    """List bills, the latest first."""
    page = Paginator(bills_seen_by(request.membership), BILLS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "billing/bills.html", {"page": page})


@members_only(Act.BILL)
@require_POST
def new_bill(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """Make a draft for a visit and show it."""
    visit = get_object_or_404(visits_seen_by(request.membership), pk=pk)
    return redirect("bill", make_bill(visit, kind=kind, by=request.user).pk)


@members_only(Act.SEE_BILLS)
def bill(request: PracticeRequest, pk: int) -> HttpResponse:
    """Show a draft with its problems, or what was issued with its files."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    if hasattr(found, "issued"):
        prints = found.kind == Bill.Kind.CMS1500
        context = {
            "bill": found,
            "files": files_of(found),
            "printers": printers_in(request.practice) if prints else (),
        }
        return render(request, "billing/issued_bill.html", context)
    return _draft(request, found)


@members_only(Act.BILL)
@require_POST
def issue_bill(request: PracticeRequest, pk: int) -> HttpResponse:
    """Issue a draft, or show again what refuses it."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    try:
        _KINDS[Bill.Kind(found.kind)].issue(found, by=request.user, now=timezone.now())
    except NotReady:
        return _draft(request, found, status=422)
    except AlreadyIssued:
        pass  # twice pressed: the page shows the one that was issued
    return redirect("bill", found.pk)


def _draft(request: PracticeRequest, found: Bill, status: int = 200) -> HttpResponse:
    kind = _KINDS[Bill.Kind(found.kind)]
    contents = draft_contents(found, now=timezone.now())
    problems = mended(
        kind.check(contents),
        visit=found.visit,
        contents=contents,
        member=request.membership,
    )
    errors = [problem for problem in problems if problem.severity == "error"]
    context = {
        "bill": found,
        "contents": contents,
        "errors": errors,
        "warnings": [problem for problem in problems if problem.severity == "warning"],
        "forms": () if errors else kind.forms,
        "may_issue": may(request.membership, Act.BILL),
    }
    return render(request, "billing/draft_bill.html", context, status=status)


@members_only(Act.SEE_BILLS)
def issued_file(request: PracticeRequest, pk: int, form: str) -> HttpResponse:
    """Give a file as it was issued, to the byte."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk)
    file = get_object_or_404(files_of(found).select_related("issued"), form=form)
    data = read_issued_file(file, render=_KINDS[Bill.Kind(found.kind)].render)
    return _pdf(data, file.issued.number, form)


@members_only(Act.SEE_BILLS)
def file_for_printer(request: PracticeRequest, pk: int, printer: int) -> HttpResponse:
    """Give what was issued for pre-printed forms, moved to where this printer needs it."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk, kind=Bill.Kind.CMS1500)
    file = get_object_or_404(
        files_of(found).select_related("issued"), form=IssuedFile.Form.PREPRINTED
    )
    offset = offset_of(get_object_or_404(printers_in(request.practice), pk=printer))
    data = render_claim(issued_contents(file.issued), offset=offset)[file.form]
    return _pdf(data, file.issued.number, file.form)


@members_only(Act.SEE_BILLS)
def draft_file(request: PracticeRequest, pk: int, form: str) -> HttpResponse:
    """Draw a draft with today's details; 404 while something refuses it."""
    found = get_object_or_404(bills_seen_by(request.membership), pk=pk, issued__isnull=True)
    kind = _KINDS[Bill.Kind(found.kind)]
    contents = draft_contents(found, now=timezone.now())
    refused = any(problem.severity == "error" for problem in kind.check(contents))
    if form not in kind.forms or refused:
        raise Http404
    return _pdf(kind.render(contents)[form], f"draft-{found.pk}", form)


def _pdf(data: bytes, number: str, form: str) -> HttpResponse:
    """Answer a PDF whose name tells its number and form, and no client."""
    headers = {
        "Content-Disposition": f'inline; filename="{number}-{form}.pdf"',
        "Cache-Control": "no-store",
    }
    response = HttpResponse(data, content_type="application/pdf", headers=headers)
    setattr(response, "_csp_exempt", True)  # noqa: B010  # browsers' viewers are built with styles
    return response
