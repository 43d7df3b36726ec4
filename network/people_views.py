"""The directory of people: for members, and of each person only what she shows them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.http import require_safe

from clavet.desk.access import for_members
from clavet.languages import own_name
from clavet.publishing.errors import NotAllowed
from clavet.vocabulary.tree import read_tree
from clavet.web.lists import PAGE_SIZE, page_number, paginate, pagination
from network.forms import Search
from network.joining_views import head
from network.models import Authority, Member, Membership
from network.rules import may_see_people


@for_members
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The people who show members their names, filtered by country, language and topic."""
    if not may_see_people(request.user):
        raise NotAllowed("network.people")
    active = Authority.objects.filter(status=Authority.Status.MEMBER, memberships__left_on=None)
    form = Search(request.GET, present=set(active.order_by().values_list("country", flat=True)))
    chosen = form.chosen()
    page = paginate(Paginator(found(chosen), PAGE_SIZE), page_number(request.GET))
    labels = read_tree(get_language() or "en").labels
    context = {
        "form": form,
        "people": [person(member, labels, request.user) for member in page],
        "tally": ngettext("%(number)d person", "%(number)d people", page.paginator.count)
        % {"number": page.paginator.count},
        "is_filtered": bool(chosen),
        "pagination": pagination(page, request.path, {name: (value,) for name, value in chosen.items()}),
        "meta": head(_("People")),
    }
    return render(request, "network/people.html", context)


def found(chosen: dict[str, str]) -> QuerySet[Member]:
    """The people whom the filters leave, by name, with account and places."""
    places = Membership.objects.current().filter(authority__status=Authority.Status.MEMBER).select_related("authority")
    people = Member.objects.shown_to_members()
    if "country" in chosen:
        people = people.filter(pk__in=places.filter(authority__country=chosen["country"]).values("member"))
    if "language" in chosen:
        people = people.naming("languages", chosen["language"])
    if "topic" in chosen:
        people = people.naming("topics", chosen["topic"])
    people = people.select_related("account").prefetch_related(Prefetch("memberships", places, to_attr="places"))
    return people.order_by("account__name", "pk")


def person(member: Member, labels: dict[str, str], reader: Any) -> SimpleNamespace:
    """One person as members see her: a detail that she does not show them is not even handed to the page."""
    account = member.account
    return SimpleNamespace(
        name=account.name,
        is_example=member.is_example,
        places=[place.authority for place in member.places],
        languages=[(code, own_name(code)) for code in member.languages],
        topics=[labels[topic] for topic in member.topics if topic in labels],
        about=member.about,
        about_language=account.language,
        email=account.email if member.shows("email", to_members=True) else "",
        phone=member.phone if member.shows("phone", to_members=True) else "",
        takes_requests=member.takes_requests,
        write_url=reverse("people:write", args=[member.pk]) if member.account_id != reader.pk else "",
    )
