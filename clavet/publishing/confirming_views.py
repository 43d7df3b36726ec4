"""The page that confirms: by the link of an e-mail, or at the desk. Looking at it changes nothing, its button does."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clavet.accounts.models import User
from clavet.desk.access import for_members
from clavet.desk.blocks import Block, Row
from clavet.publishing import confirming, lifecycle
from clavet.publishing.codes import is_code
from clavet.publishing.errors import PublishingError, WrongState
from clavet.publishing.models import Record
from clavet.publishing.registry import KINDS
from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.meta import Meta

# So many records lie on a desk at once.
ROWS = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The question of an e-mail, for the person whom it was put to."""
    question = confirming.read_link(token)
    record = published(question.code) if question else None
    person = User.objects.filter(pk=question.person, is_active=True).first() if question else None
    if record is None or not rules.test_rule("publishing.confirm_record", person, record):
        return page(request, _("This link no longer works"), None, status=410)
    is_answered = record.review_by != question.due_on
    is_confirmed = record.confirmed_on is not None and record.confirmed_on >= question.due_on
    if request.method == "POST" and not is_answered:
        # Where somebody was quicker, the page says what holds now.
        with suppress(WrongState):
            lifecycle.confirm_record(record, actor=person, due_on=question.due_on)
        return redirect(request.path)
    return page(request, _("Is this still true?"), record, is_answered=is_answered, is_confirmed=is_confirmed)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def at_desk(request: HttpRequest, code: str) -> HttpResponse:
    """The same question for whoever is logged in; 404 for those whose record it is not."""
    record = published(code)
    if record is None or not rules.test_rule("publishing.confirm_record", request.user, record):
        raise Http404
    if request.method == "POST":
        try:
            lifecycle.confirm_record(record, actor=request.user)
        except PublishingError:
            messages.error(request, _("This cannot be done any more: somebody may have been quicker."))
        else:
            messages.success(request, _("Thank you. The page says so now."))
        return redirect("desk:home")
    return page(request, _("Is this still true?"), record)


def published(code: str) -> Record | None:
    """The record behind a code, if it stands in the lists."""
    model = KINDS.get(code[:2]) if is_code(code) else None
    return model.objects.visible_to().filter(code_id=code).first() if model else None


def page(
    request: HttpRequest,
    heading: str,
    record: Record | None,
    *,
    is_answered: bool = False,
    is_confirmed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The question about a record, or what there is to say instead of it: it was answered, by a confirmation or by a
    new text."""
    request.page_urls = lists.in_all_languages(request)
    context: dict[str, Any] = {
        "heading": heading,
        "record": record,
        "is_answered": is_answered,
        "meta": Meta(title=f"{heading} · CLAVET", noindex=True),
        "breadcrumbs": crumbs(heading),
    }
    if record is not None:
        asking = confirming.ASKING.get(record.shape.prefix)
        context |= {
            "record_url": record.url_in(get_language()),
            "revise_url": asking.revise_url(record) if asking else reverse("contact:report", args=[record.code_id]),
            "due_on": record.review_by,
            "confirmed_in": date_format(record.confirmed_on, "YEAR_MONTH_FORMAT") if is_confirmed else "",
        }
    return render(request, "publishing/confirm.html", context, status=status)


# ---------------------------------------------------------------- the desk


def block(user: Any) -> Block | None:
    """What wants confirming: a person's own records, and for coordinators what has waited longest of all."""
    today = timezone.localdate()
    records = sorted(waiting_for(user, today), key=lambda record: (record.review_by, record.code_id))[:ROWS]
    if not records:
        return None
    rows = [
        Row(
            title=record.source_title,
            url=reverse("confirming:desk", args=[record.code_id]),
            what=_("Is this still true?"),
            since=record.review_by,
            tone="act",
            lang=record.source_language,
        )
        for record in records
    ]
    return Block(heading=_("Facts to confirm"), rows=rows)


def waiting_for(user: Any, today: datetime.date) -> list[Record]:
    """The records that want confirming and that are this person's to look at, at most ``ROWS`` of each kind."""
    found: dict[str, Record] = {}
    for prefix, model in KINDS.items():
        public = model.objects.visible_to()
        if confirming.is_coordinator(user):
            codes = [code for code, _day in confirming.due(prefix, today)[:ROWS]]
            found |= {record.code_id: record for record in (public.filter(code_id__in=codes) if codes else ())}
        asking = confirming.ASKING.get(prefix)
        own = asking.own(user) if asking else None
        if own is not None:
            mine = public.filter(own, review_by__lte=today).order_by("review_by", "code_id")[:ROWS]
            found |= {record.code_id: record for record in mine}
    return list(found.values())
