"""The list of one's practices, a new one, where a case stands, reading it as others will, and handing it in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clavet.desk.access import for_members
from clavet.publishing.codes import is_code
from clavet.publishing.errors import Invalid, PublishingError
from network.models import Authority, Membership
from practices import cases, rules as who
from practices.desk import helping
from practices.desk.finding import for_case
from practices.desk.frame import desk_page
from practices.desk.telling import told
from practices.forms import BeginForm, HandInForm, LetterForm, ReasonForm
from practices.models import Case, Practice, Remark, Review
from practices.transitions import open_to

State = Case.State


def authorities_of(user: Any, *, role: str = "") -> list[Authority]:
    """The authorities in which a person has a place (with this role)."""
    return list(Authority.objects.filter(code_id__in=who.codes_of(user, role=role)).order_by("own_name"))


@for_members
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """The practices of one's authorities, the newest first, and the reviews that one was asked for."""
    codes = [authority.code_id for authority in authorities_of(request.user)]
    latest: dict[str, Case] = {}
    for case in Case.objects.of_authorities(codes).select_related("revision").order_by("-pk"):
        latest.setdefault(case.code_id, case)
    reviews = Review.objects.filter(reviewer=request.user, released_at=None).select_related("case__revision")
    # What came in by an import, or from before its authority had members, has never been in a case.
    told_before = Practice.objects.visible_to().filter(authority__in=codes).exclude(code_id__in=latest)
    context = {
        "cases": [about(case) for case in latest.values()],
        "published": [
            SimpleNamespace(
                code=practice.code_id,
                title=practice.source_title,
                lang=practice.source_language,
                url=practice.url_in(request.LANGUAGE_CODE),
                may_revise=who.writes_for.test(request.user, practice),
            )
            for practice in told_before.order_by("code_id")
        ],
        "reviews": [about_review(review) for review in reviews.order_by("given_at", "due_on")],
        "may_begin": bool(who.codes_of(request.user, role=Membership.Role.AUTHOR)),
    }
    return desk_page(request, "practices/desk/list.html", _("Your practices"), context)


def title_of(case: Case) -> str:
    """What a draft is called so far."""
    return case.revision.document.get("texts", {}).get("title") or _("Without a title yet")


def about(case: Case) -> SimpleNamespace:
    """A case as it stands in lists: since when, and whose turn it is."""
    return SimpleNamespace(
        code=case.code_id,
        title=title_of(case),
        lang=case.revision.language,
        url=reverse("practices-desk:case", args=[case.code_id]),
        state=case.state,
        state_label=case.get_state_display(),
        turn=turn(case),
        since=date_format(case.state_since, "DATE_FORMAT"),
    )


def turn(case: Case) -> str:
    """Who has to do what now."""
    days = cases.waited(case)
    waiting = ngettext("for %(number)d working day", "for %(number)d working days", days) % {"number": days}
    return {
        State.DRAFT: _("It is with you: write on, and submit it."),
        State.CHANGES_REQUESTED: _("It is with you: changes are asked for."),
        State.SUBMITTED: _("A coordinator checks that it is complete (within 5 working days): %(waiting)s"),
        State.IN_REVIEW: _("Reviewers read it (within 15 working days): %(waiting)s"),
        State.DECLINED: _("It was declined. You may answer once.") if not case.is_answered else _("It was declined."),
        State.ACCEPTED: _("It is published."),
        State.WITHDRAWN: _("It was given up."),
    }[State(case.state)] % {"waiting": waiting}


def about_review(review: Review) -> SimpleNamespace:
    """A review that one was asked for."""
    return SimpleNamespace(
        title=title_of(review.case),
        lang=review.case.revision.language,
        code=review.case.code_id,
        url=reverse("practices-desk:review", args=[review.case.code_id]),
        is_given=review.given_at is not None,
        due=date_format(review.due_on, "DATE_FORMAT"),
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new practice: whose, in which language."""
    authorities = authorities_of(request.user, role=Membership.Role.AUTHOR)
    if not authorities:
        raise Http404
    form = BeginForm(authorities, request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        chosen = next(item for item in authorities if item.code_id == form.cleaned_data["authority"])
        case = cases.begin(chosen, form.cleaned_data["language"], actor=request.user)
        return redirect("practices-desk:step", case.code_id, 1)
    context = {"form": form, "button": _("Begin")}
    status = 400 if request.method == "POST" else 200
    return desk_page(request, "practices/desk/form.html", _("A new practice"), context, status=status)


@require_safe
@for_case("practices.read_case")
def case_page(request: HttpRequest, case: Case) -> HttpResponse:
    """Where a case stands: whose turn it is, what was written to the authors, what can be done."""
    is_author, practice = who.is_author.test(request.user, case), case.practice
    context = {
        "case": case,
        "about": about(case),
        "heading_lang": case.revision.language,
        "is_author": is_author,
        "actions": {action.name for action in open_to(request.user, case)},
        "remarks": labelled(case.remarks.exclude(shared_at=None)) if is_author else [],
        "comments": numbered_comments(case) if is_author else [],
        "steps": helping.progress(case, helping.missing_by_step(case)) if case.is_writable and is_author else [],
        "log": log_of(case),
        "page_url": practice.url_in(request.LANGUAGE_CODE) if practice.version else "",
        "preview_url": preview_url(case, request.LANGUAGE_CODE),
        "may_change": is_author and case.is_over and practice.status == Practice.Status.PUBLISHED,
    }
    return desk_page(request, "practices/desk/case.html", title_of(case), context, case=case)


def labelled(remarks: Any) -> list[Remark]:
    """Remarks with the name of the field that each is about."""
    found = list(remarks)
    for remark in found:
        remark.label = Practice.shape.label_of(remark.key)
    return found


def numbered_comments(case: Case) -> list[SimpleNamespace]:
    """What reviewers wrote to the authors, without names: shown once the editor has written."""
    if case.state in (State.SUBMITTED, State.IN_REVIEW) and not case.letter:
        return []
    return [
        SimpleNamespace(number=number, text=review.for_author)
        for number, review in enumerate(case.reviews.given().filter(given_at__lte=case.state_since), start=1)
    ]


def log_of(case: Case) -> list[Any]:
    """The steps of the case: what, when, from where to where. Authors see no names."""
    return list(case.revision.log.filter(details__case=case.pk).order_by("id"))


def preview_url(case: Case, language: str) -> str:
    """The real page as it would be."""
    return f"/{language}/practices/{case.code_id}/preview/{case.revision_id}/"


@require_http_methods(["GET", "HEAD", "POST"])
@for_case("practices.write")
def read(request: HttpRequest, case: Case) -> HttpResponse:
    """Read it as others will, then hand it in."""
    if not case.is_writable:
        return redirect("practices-desk:case", case.code_id)
    form = HandInForm(request.POST or None)
    missing = helping.missing_by_step(case)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                cases.hand_in(case, actor=request.user, declared=True)
            except Invalid:
                pass  # the list of what is missing stands on the page
            except PublishingError:
                return redirect("practices-desk:case", case.code_id)
            else:
                messages.success(request, _("Submitted. A coordinator reads it within 5 working days."))
                return redirect("practices-desk:case", case.code_id)
    context = {
        "case": case,
        "form": form,
        "steps": helping.progress(case, missing),
        "missing": [item for items in missing.values() for item in items],
        "preview_url": preview_url(case, request.LANGUAGE_CODE),
        "remarks": labelled(case.remarks.exclude(shared_at=None).filter(answer="")),
    }
    return desk_page(request, "practices/desk/read.html", _("Read and submit"), context, case=case, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_case("practices.withdraw")
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Give a text up, after a question."""
    return say_why(
        request,
        case,
        "withdraw",
        ReasonForm,
        _("Give this text up?"),
        _("It leaves the review and is not published. What is published already stays as it is."),
        _("Give up"),
        lambda text: cases.withdraw(case, actor=request.user, reason=text),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_case("practices.reply")
def reply(request: HttpRequest, case: Case) -> HttpResponse:
    """The one answer to a decline."""
    return say_why(
        request,
        case,
        "reply",
        LetterForm,
        _("Answer the decline"),
        _("You may answer once. The text goes back to the editor and reviewers with your answer."),
        _("Send"),
        lambda text: cases.reply(case, actor=request.user, text=text),
    )


def say_why(
    request: HttpRequest, case: Case, action: str, form_class: Any, heading: str, intro: str, button: str, act: Any
) -> HttpResponse:
    """A step that takes a text with it."""
    if action not in {each.name for each in open_to(request.user, case)}:
        return redirect("practices-desk:case", case.code_id)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told(request, lambda: act(form.cleaned_data["text"]), _("Done."))
        return redirect("practices-desk:case", case.code_id)
    context = {"form": form, "intro": intro, "button": button}
    status = 400 if request.method == "POST" else 200
    return desk_page(request, "practices/desk/form.html", heading, context, case=case, status=status)


@require_POST
@for_case("practices.answer_remark")
def answer(request: HttpRequest, case: Case, remark_id: int) -> HttpResponse:
    """Answer a remark that is pinned to a field."""
    remark = Remark.objects.filter(pk=remark_id, case=case).exclude(shared_at=None).first()
    text = request.POST.get("text", "").strip()[:2000]
    if remark is None:
        raise Http404
    told(request, lambda: cases.answer_remark(remark, actor=request.user, text=text))
    return redirect(f"{reverse('practices-desk:case', args=[case.code_id])}#remark-{remark.pk}")


@require_POST
@for_case("practices.write")
def change(request: HttpRequest, case: Case) -> HttpResponse:
    """Open a draft of what is published, to change it."""
    if told(request, lambda: cases.begin_change(case.practice, actor=request.user)):
        return redirect("practices-desk:step", case.code_id, 1)
    return redirect("practices-desk:case", case.code_id)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """From the published page of a practice to a draft that changes it; 404 for whoever does not write for its
    authority."""
    practice = Practice.objects.visible_to().filter(code_id=code).first() if is_code(code) else None
    if practice is None or not who.writes_for.test(request.user, practice):
        raise Http404
    standing = Case.objects.open().filter(code_id=code).exists()
    if standing:
        return redirect("practices-desk:case", code)
    if request.method == "POST" and told(request, lambda: cases.begin_change(practice, actor=request.user)):
        return redirect("practices-desk:step", code, 1)
    context = {
        "form": Form(),
        "intro": _("A draft of what is published opens for you. Readers notice nothing until it has been reviewed."),
        "button": _("Revise this practice"),
    }
    return desk_page(request, "practices/desk/form.html", _("Revise this practice"), context)
