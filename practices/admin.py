"""Practices in the admin, and the queue of their cases: what is late first, the whole dossier on one page.

Nothing here changes anything but through the domain functions; who may do what is asked of ``transitions``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from clavet.accounts.admin_access import ForCoordinators
from clavet.accounts.models import User
from clavet.accounts.saved_filters import WithSavedFilters
from clavet.publishing.admin_site import (
    ConfirmingFilter,
    FoundByCode,
    LanguageFilter,
    OpenRevisionFilter,
    RecordAdmin,
    TranslationFilter,
)
from clavet.publishing.errors import NotAllowed
from clavet.publishing.forms import AcceptForm
from clavet.publishing.models import Version
from practices import adoption_admin, deciding, reviewing, rubric  # noqa: F401 - it registers itself
from practices.desk.comparing import comparison
from practices.desk.judging import criteria
from practices.desk.overview import labelled, preview_url, title_of
from practices.desk.telling import told
from practices.limits import working_days_between
from practices.models import Case, Practice, Review
from practices.proposing import proposals
from practices.transitions import open_to

NOT_YOURS = gettext_lazy("You may not do this: another coordinator decides on the practices of your authority.")


@admin.register(Practice)
class PracticeAdmin(RecordAdmin):
    """A table of practices by languages, a dossier for each. A new one begins at its authority's desk."""

    extra_columns = ("authority", "outcome")
    code_fields = ("code_id", "authority")
    list_filter = (
        "status",
        "outcome",
        ConfirmingFilter,
        TranslationFilter,
        LanguageFilter,
        OpenRevisionFilter,
        "is_example",
        "is_sample",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: a practice is begun by an author of its authority."""
        return False


def counted(reviews: QuerySet) -> Coalesce:
    """How many of these reviews a case has, as a column of it."""
    grouped = reviews.order_by().values("case")
    return Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number")), 0)


class WaitingFilter(admin.SimpleListFilter):
    """Whose turn it is."""

    title = gettext_lazy("waits for")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("late", gettext_lazy("late")),
            ("check", gettext_lazy("the check that it is complete")),
            ("reviewers", gettext_lazy("reviewers to be asked")),
            ("reviews", gettext_lazy("reviews")),
            ("decision", gettext_lazy("the decision")),
            ("authors", gettext_lazy("its authors")),
            ("mine", gettext_lazy("me")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        in_review = Q(state=Case.State.IN_REVIEW)
        conditions = {
            "late": Q(due_on__lt=timezone.localdate()),
            "check": Q(state=Case.State.SUBMITTED),
            "reviewers": in_review & Q(asked__lt=rubric.NEEDED),
            "reviews": in_review & Q(asked__gte=rubric.NEEDED, given__lt=rubric.NEEDED),
            "decision": in_review & Q(given__gte=rubric.NEEDED),
            "authors": Q(state__in=Case.WRITABLE),
            "mine": Q(editor=request.user) & Q(state__in=(Case.State.SUBMITTED, Case.State.IN_REVIEW)),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


@admin.register(Case)
class CaseAdmin(WithSavedFilters, FoundByCode, ForCoordinators, admin.ModelAdmin):
    """The editors' queue."""

    list_display = ("code", "title", "state_word", "due", "authority", "reviews_word", "editor")
    list_display_links = ("code", "title")
    list_filter = (WaitingFilter, "state", "revision__language")
    search_fields = ("code__value", "authority")
    code_fields = ("code_id", "authority")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("due_on", "id")
    actions = ("ask_reviewer",)
    change_form_template = "admin/practices/case.html"

    class Media:
        css = {"all": ("css/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """All cases with the number of reviews asked for and given: counted for those that are shown, not for all."""
        kept = Review.objects.filter(case=OuterRef("pk"), released_at=None)
        return (
            super()
            .get_queryset(request)
            .select_related("code", "revision", "editor")
            .annotate(asked=counted(kept), given=counted(kept.exclude(given_at=None)))
        )

    @admin.display(description=gettext_lazy("title"))
    def title(self, case: Case) -> str:
        """What the text is called."""
        return title_of(case)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_word(self, case: Case) -> str:
        """The state in words."""
        return case.get_state_display()

    @admin.display(description=gettext_lazy("due"), ordering="due_on")
    def due(self, case: Case) -> SafeString | str:
        """The day on which the next step is due, and how late that is."""
        if case.due_on is None:
            return "–"
        late = working_days_between(case.due_on, timezone.localdate())
        if late <= 0:
            return str(case.due_on)
        return format_html('<strong class="late">{} · {}</strong>', case.due_on, _("late: %(days)d") % {"days": late})

    @admin.display(description=gettext_lazy("reviews"))
    def reviews_word(self, case: Case) -> str:
        """Given, of those asked for."""
        return f"{case.given} / {case.asked}"

    @admin.action(description=gettext_lazy("Ask a reviewer: the fittest for each"))
    def ask_reviewer(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Ask, for each case chosen, the reviewer who stands first among those proposed."""
        asked = 0
        for case in queryset:
            fit = proposals(case)
            if fit and told(
                request,
                lambda case=case, fit=fit: reviewing.assign(case, fit[0].reviewer, actor=request.user),
                forbidden=str(NOT_YOURS),
            ):
                asked += 1
        self.message_user(request, _("Reviewers asked: %(number)d") % {"number": asked})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """The dossier: text, reviews, remarks, log, and what can be done now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, object_id)
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            act(request, case)
            return redirect(request.path)
        return render(
            request, self.change_form_template, {**self.admin_site.each_context(request), **self.dossier(request, case)}
        )

    def dossier(self, request: HttpRequest, case: Case) -> dict[str, Any]:
        """All about a case."""
        reviews = list(case.reviews.select_related("reviewer").order_by("id"))
        for review in reviews:
            review.rows = [(each.label, review.scores.get(each.name, "–")) for each in criteria(request.LANGUAGE_CODE)]
        return {
            "opts": self.opts,
            "media": self.media,
            "title": f"{case.code_id} · {title_of(case)}",
            "case": case,
            "late": max(0, working_days_between(case.due_on, timezone.localdate())) if case.due_on else 0,
            "preview_url": preview_url(case, request.LANGUAGE_CODE),
            "reviews": reviews,
            "missing": rubric.missing_reviews(case),
            "actions": {action.name: action.label for action in open_to(request.user, case)},
            "proposals": proposals(case)[:12] if case.state == Case.State.IN_REVIEW else [],
            "remarks": labelled(case.remarks.select_related("made_by", "review")),
            "significances": AcceptForm().fields["significance"].choices if case.practice.version else [],
            "comparison": comparison(case),
            "log": case.revision.log.filter(details__case=case.pk).select_related("actor").order_by("-id"),
        }


def act(request: HttpRequest, case: Case) -> None:
    """Carry out the button that was pressed on the dossier."""
    text = request.POST.get("text", "").strip()[:3000]
    who, significance = request.user, request.POST.get("significance", "")
    line = request.POST.get("change_note", "").strip()[:200]
    note = {case.revision.language: line} if line else None
    steps: dict[str, Callable[[], Any]] = {
        "check": lambda: deciding.check(case, actor=who),
        "request_changes": lambda: deciding.request_changes(case, actor=who, letter=text),
        "decline": lambda: deciding.decline(case, actor=who, reason=text),
        "wave_through": lambda: deciding.wave_through(case, actor=who, reason=text, change_note=note),
        "accept": lambda: deciding.accept(case, actor=who, significance=significance, change_note=note),
        "assign": lambda: reviewing.assign(case, chosen(User, request.POST.get("reviewer")), actor=who),
        "release": lambda: reviewing.release(chosen(Review, request.POST.get("review")), actor=who, reason=text),
        "remark": lambda: reviewing.remark(case, request.POST.get("key", ""), text, actor=who),
    }
    name = request.POST.get("action", "")
    if name in ("request_changes", "decline", "wave_through") and not text:
        messages.error(request, _("Please write to the authors why."))
    elif name == "accept" and case.practice.version and significance not in Version.Significance.values:
        messages.error(request, _("Please say how much the change matters: choose its significance."))
    elif name in steps:
        told(request, steps[name], _("Done."), forbidden=str(NOT_YOURS))


def chosen(model: Any, key: str | None) -> Any:
    """The row behind a key from a form. ``NotAllowed`` for one that is not there."""
    found = model.objects.filter(pk=key).first() if key and key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise NotAllowed("practices.choose")
    return found
