"""What practices lay on somebody's desk: what waits for her, and what she waits for and since when."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clavet.desk.blocks import Block, Row
from network.models import Membership
from practices import rules as who
from practices.desk import adoptions
from practices.desk.overview import title_of, turn
from practices.models import Adoption, Case, Review


def has_place(user: Any) -> bool:
    """Whether the desk of practices has anything for this person."""
    return bool(who.codes_of(user)) or who.is_reviewer(user)


def waiting_for_me(user: Any) -> Block | None:
    """Drafts, changes asked for, declines to answer, reviews to give."""
    codes = who.codes_of(user, role=Membership.Role.AUTHOR)
    mine = Case.objects.open().of_authorities(codes).exclude(state__in=(Case.State.SUBMITTED, Case.State.IN_REVIEW))
    rows = [row_of(case, "act") for case in mine.select_related("revision").order_by("-state_since")[:20]]
    reviews = Review.objects.waiting().filter(reviewer=user, case__state=Case.State.IN_REVIEW)
    rows += [
        Row(
            title=title_of(review.case),
            url=reverse("practices-desk:review", args=[review.case.code_id]),
            what=_("You are asked for a review."),
            since=review.asked_at,
            tone="act",
            lang=review.case.revision.language,
        )
        for review in reviews.select_related("case__revision").order_by("due_on")
    ]
    if not rows and not codes:
        return None
    return Block(
        heading=_("What waits for you"),
        rows=rows,
        empty=_("Nothing waits for you."),
        url=reverse("practices-desk:list"),
        url_label=_("All your practices"),
    )


def what_i_wait_for(user: Any) -> Block | None:
    """Texts that are with coordinators or reviewers."""
    codes = who.codes_of(user)
    waiting = Case.objects.waiting_for_editor().of_authorities(codes).select_related("revision").order_by("state_since")
    rows = [row_of(case, "portal") for case in waiting[:20]]
    return Block(heading=_("What you wait for"), rows=rows) if rows else None


def queue(user: Any) -> Block | None:
    """For coordinators: what waits for them in the queue, what is late first."""
    if not who.is_coordinator(user):
        return None
    waiting = Case.objects.waiting_for_editor().select_related("revision").order_by("due_on", "id")
    rows = [
        Row(
            title=title_of(case),
            url=reverse("admin:practices_case_change", args=[case.pk]),
            what=case.get_state_display(),
            since=case.state_since,
            tone="act",
            lang=case.revision.language,
        )
        for case in waiting[:10]
    ]
    return Block(
        heading=_("Practices in review"),
        rows=rows,
        empty=_("No practice waits for a coordinator."),
        url=reverse("admin:practices_case_changelist"),
        url_label=_("The whole queue"),
    )


def adoptions_declared(user: Any) -> Block | None:
    """For coordinators: what authorities say that they have adapted, the oldest first."""
    if not who.is_coordinator(user):
        return None
    waiting = Adoption.objects.declared().select_related("practice", "authority").order_by("state_since", "id")
    rows = [
        Row(
            title=adoption.authority.own_name,
            url=reverse("admin:practices_adoption_change", args=[adoption.pk]),
            what=f"{adoption.practice.code_id}, {adoption.get_state_display()}",
            since=adoption.state_since,
            tone="act",
            lang=adoption.authority.own_language,
        )
        for adoption in waiting[:10]
    ]
    if not rows:
        return None
    return Block(
        heading=_("Adoptions to confirm"),
        rows=rows,
        url=reverse("admin:practices_adoption_changelist"),
        url_label=_("The whole queue"),
    )


def reports_asked(user: Any) -> Block | None:
    """For those whose authority has adapted something a year ago: how did it go on?"""
    codes = who.codes_of(user)
    if not codes:
        return None
    waiting = (
        Adoption.objects.waiting_for_report().by_authorities(codes).select_related("practice", "authority", "report")
    )
    rows = []
    for adoption in waiting.order_by("report__asked_on", "id")[:20]:
        title = adoptions.title_of(adoption.practice)
        rows.append(
            Row(
                title=title.value,
                url=reverse("practices-desk:adoption-report", args=[adoption.pk]),
                what=_("How did it go on?"),
                since=adoption.report.asked_on,
                tone="act",
                lang=title.lang if title.foreign else "",
            )
        )
    return Block(heading=_("Adoptions"), rows=rows) if rows else None


def row_of(case: Case, tone: str) -> Row:
    """A case as a line on the desk."""
    return Row(
        title=title_of(case),
        url=reverse("practices-desk:case", args=[case.code_id]),
        what=turn(case),
        since=case.state_since,
        tone=tone,
        lang=case.revision.language,
    )
