"""Adoptions at the desk: those of one's authorities, who adapted their practices, declaring, changing, reporting."""

from __future__ import annotations

from functools import wraps
from types import SimpleNamespace
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clavet.desk.access import for_members
from clavet.publishing.codes import is_code
from clavet.publishing.errors import PublishingError
from clavet.web.texts import Text
from practices import adopting, rules as who
from practices.adoption_forms import AdoptionForm, ReportForm
from practices.desk.frame import desk_page
from practices.desk.overview import authorities_of
from practices.desk.telling import told
from practices.facts import month
from practices.forms import ReasonForm
from practices.models import Adoption, AdoptionReport, Practice

State = Adoption.State


def for_adoption(rule: str) -> Any:
    """A view of the adoption behind ``pk``, for those whom ``rule`` lets in. Others learn nothing: 404."""

    def decorate(view: Any) -> Any:
        @for_members
        @wraps(view)
        def run(request: HttpRequest, pk: int, **given: Any) -> HttpResponse:
            rows = Adoption.objects.select_related("practice", "authority", "report")
            adoption = rows.filter(pk=pk).first() if pk < 2**63 else None
            if adoption is None or not rules.test_rule(rule, request.user, adoption):
                raise Http404
            return view(request, adoption, **given)

        return run

    return decorate


def title_of(practice: Practice) -> Text:
    """What a practice is called in the language of the page, else in its own."""
    page = get_language()
    title = getattr(practice, f"title_{page}")
    return Text(title, page, page) if title else Text(practice.source_title, practice.source_language, page)


def is_report_due(adoption: Adoption) -> bool:
    """Whether its authority was asked how it went on, and has not answered."""
    report = getattr(adoption, "report", None)
    return adoption.state == State.CONFIRMED and report is not None and report.reported_at is None


def about(adoption: Adoption) -> SimpleNamespace:
    """An adoption as it stands in lists."""
    return SimpleNamespace(
        title=title_of(adoption.practice),
        code=adoption.practice.code_id,
        url=reverse("practices-desk:adoption", args=[adoption.pk]),
        page_url=f"{adoption.practice.url_in(get_language())}#adoptions",
        authority=Text(adoption.authority.own_name, adoption.authority.own_language, get_language()),
        state=adoption.state,
        state_label=adoption.get_state_display(),
        since=date_format(adoption.state_since, "DATE_FORMAT"),
        report_due=is_report_due(adoption),
    )


@for_members
@require_safe
def adoption_list(request: HttpRequest) -> HttpResponse:
    """What one's authorities have adapted, and who has adapted theirs."""
    codes = who.codes_of(request.user)
    rows = Adoption.objects.select_related("practice", "authority", "report")
    context = {
        "ours": [about(adoption) for adoption in rows.by_authorities(codes)],
        "theirs": [about(adoption) for adoption in rows.of_practices_of(codes)],
    }
    return desk_page(request, "practices/desk/adoptions.html", _("Adoptions"), context)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Declare that one's authority has adapted a published practice; says what is needed where it cannot."""
    practice = Practice.objects.visible_to().filter(code_id=code).first() if is_code(code) else None
    if practice is None:
        raise Http404
    mine = authorities_of(request.user)
    able = [each for each in mine if each.code_id != practice.authority and not adopting.open_adoption(practice, each)]
    title = title_of(practice)
    shown = {"title": title, "page_url": practice.url_in(request.LANGUAGE_CODE)}
    if not able:
        context = {**shown, "has_place": bool(mine), "owns": practice.authority in {each.code_id for each in mine}}
        status = 403 if request.method == "POST" else 200
        return desk_page(request, "practices/desk/adopt_not.html", _("We have adapted this"), context, status=status)
    form = AdoptionForm(able, request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in able if each.code_id == form.cleaned_data["authority"])
        try:
            adoption = adopting.declare(practice, chosen, form.cleaned_data, actor=request.user)
        except PublishingError:
            messages.error(request, _("This cannot be done any more: somebody may have been quicker."))
            return redirect("practices-desk:adoptions")
        messages.success(
            request, _("A coordinator reads it before it stands on the page. Until then you can change it.")
        )
        return redirect("practices-desk:adoption", adoption.pk)
    context = {**shown, "form": form, "button": _("Send")}
    status = 400 if request.method == "POST" else 200
    return desk_page(request, "practices/desk/adopt.html", _("We have adapted this"), context, status=status)


@require_safe
@for_adoption("practices.read_adoption")
def adoption_page(request: HttpRequest, adoption: Adoption) -> HttpResponse:
    """One adoption: where it stands, what was said, what can be done."""
    may = {
        name: rules.test_rule(f"practices.{name}_adoption", request.user, adoption)
        for name in ("change", "withdraw", "report")
    }
    language = get_language()
    context = {
        "adoption": adoption,
        "about": about(adoption),
        "month": month(adoption.since),
        "changed": Text(adoption.what_was_changed, adoption.language, language),
        "learned": Text(adoption.what_was_learned, adoption.language, language),
        "report": reported(adoption),
        "may_change": may["change"] and adoption.state == State.DECLARED,
        "may_withdraw": may["withdraw"] and adoption.state in Adoption.OPEN,
        "may_report": may["report"] and is_report_due(adoption),
    }
    return desk_page(request, "practices/desk/adoption.html", _("What we have adapted"), context)


def reported(adoption: Adoption) -> SimpleNamespace | None:
    """The report, if one was given."""
    report: AdoptionReport | None = getattr(adoption, "report", None)
    if report is None or report.reported_at is None:
        return None
    text = Text(report.what_came_of_it, report.language, get_language())
    return SimpleNamespace(text=text, outcome=report.outcome, outcome_label=report.get_outcome_display())


@require_http_methods(["GET", "HEAD", "POST"])
@for_adoption("practices.change_adoption")
def change(request: HttpRequest, adoption: Adoption) -> HttpResponse:
    """Say it otherwise, while no coordinator has decided."""
    if adoption.state != State.DECLARED:
        return redirect("practices-desk:adoption", adoption.pk)
    values = {name: getattr(adoption, name) for name in adopting.TOLD}
    form = AdoptionForm([], request.POST or None, initial=values)
    return carry_out(
        request,
        adoption,
        form,
        _("Change what you declared"),
        _("Save"),
        lambda: adopting.change(adoption, form.cleaned_data, actor=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_adoption("practices.report_adoption")
def report(request: HttpRequest, adoption: Adoption) -> HttpResponse:
    """How it went on."""
    if not is_report_due(adoption):
        return redirect("practices-desk:adoption", adoption.pk)
    form = ReportForm(request.POST or None, initial={"language": adoption.language})
    return carry_out(
        request,
        adoption,
        form,
        _("How did it go on?"),
        _("Send"),
        lambda: adopting.report(adoption, form.cleaned_data, actor=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_adoption("practices.withdraw_adoption")
def withdraw(request: HttpRequest, adoption: Adoption) -> HttpResponse:
    """Take it back, after a question."""
    if adoption.state not in Adoption.OPEN:
        return redirect("practices-desk:adoption", adoption.pk)
    form = ReasonForm(request.POST or None)
    return carry_out(
        request,
        adoption,
        form,
        _("Withdraw this adoption?"),
        _("Withdraw"),
        lambda: adopting.withdraw(adoption, actor=request.user, reason=form.cleaned_data["text"]),
        intro=_("It leaves the page of the practice and is not counted any more. You can declare it again later."),
    )


def carry_out(
    request: HttpRequest, adoption: Adoption, form: Any, heading: str, button: str, act: Any, *, intro: str = ""
) -> HttpResponse:
    """A step that takes a form with it."""
    if request.method == "POST" and form.is_valid():
        told(request, act, _("Done."))
        return redirect("practices-desk:adoption", adoption.pk)
    context = {
        "form": form,
        "button": button,
        "intro": intro,
        "title": title_of(adoption.practice),
        "page_url": adoption.practice.url_in(request.LANGUAGE_CODE),
    }
    status = 400 if request.method == "POST" else 200
    return desk_page(request, "practices/desk/adopt.html", heading, context, status=status)
