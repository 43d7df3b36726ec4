"""The admin of records: a table of records by languages, a dossier for each, and the desk where revisions are written
and decided. Nothing here changes a record but through the domain functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clavet.accounts.admin_access import ForCoordinators
from clavet.languages import CODES, LANGUAGES, own_name
from clavet.publishing import desk, reading
from clavet.publishing.codes import is_code
from clavet.publishing.freshness import State
from clavet.publishing.models import Record, Revision, Translation
from clavet.publishing.models.records import UNCONFIRMED_AFTER
from clavet.publishing.models.revisions import Part

# One sign for each state, with the word beside it for whom the sign says nothing.
SIGNS = {State.SOURCE: "◆", State.PUBLISHED: "●", State.OUTDATED: "◐", State.SUMMARY: "◔", State.MISSING: "○"}


class LanguageFilter(admin.SimpleListFilter):
    """Which language the state filter is about."""

    title = _("language")
    parameter_name = "lang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in CODES and not request.GET.get("translation"):
            return queryset.published_in(self.value())
        return queryset


class TranslationFilter(admin.SimpleListFilter):
    """Records by the state of their translation: “outdated”, and with a language chosen “outdated in hr”."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in (State.MISSING, State.SUMMARY, State.PUBLISHED, State.OUTDATED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.value()
        if state not in State.values:
            return queryset
        language = request.GET.get("lang")
        languages = [language] if language in CODES else list(CODES)
        found = Q()
        for code in languages:
            found |= in_state(state, code, timezone.now())
        return queryset.filter(found)


def in_state(state: str, language: str, now: Any) -> Q:
    """The condition that a record is in ``state`` in ``language`` (the same rule as ``freshness.state_of``)."""
    here = Translation.objects.current().filter(code_id=OuterRef("code_id"), language=language)
    not_source = ~Q(source_language=language)
    if state == State.MISSING:
        return not_source & ~Exists(here)
    if state == State.SUMMARY:
        return Q(Exists(here.filter(part=Part.SUMMARY)))
    full = here.filter(part=Part.FULL)
    if state == State.OUTDATED:
        return Q(Exists(full.filter(outdated_from__lte=now)))
    return Q(Exists(full.exclude(outdated_from__lte=now)))


class OpenRevisionFilter(admin.SimpleListFilter):
    """Records on which something waits."""

    title = _("open revisions")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("submitted", _("waiting for a decision")), ("draft", _("being written"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("submitted", "draft"):
            return queryset
        waiting = Revision.objects.filter(code_id=OuterRef("code_id"), state=self.value())
        return queryset.filter(Exists(waiting))


class ConfirmingFilter(admin.SimpleListFilter):
    """Records whose facts want confirming, and those whose readers are told that nobody has confirmed them."""

    title = _("facts")
    parameter_name = "facts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("due", _("want confirming")), ("long", _("Not confirmed for long"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        conditions = {"due": Q(review_by__lte=today), "long": Q(review_by__lt=today - UNCONFIRMED_AFTER)}
        wanted = conditions.get(self.value())
        return queryset.filter(wanted, status=Record.Status.PUBLISHED) if wanted else queryset


def language_column(code: str) -> Any:
    """A column of the table of records by languages: the state's sign, its word for screen readers and as a tooltip."""

    @admin.display(description=code)
    def column(record: Record) -> SafeString:
        states = record.states_by_language
        state, _translation = states[code]
        waiting = "+" if code in {revision.language for revision in record.code.open_revisions} else ""
        return format_html(
            '<span class="state state-{}" title="{}: {}"><span aria-hidden="true">{}{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            state.value,
            own_name(code),
            state.label,
            SIGNS[state],
            waiting,
            state.label,
        )

    column.__name__ = f"state_{code}"
    return column


class FoundByCode:
    """An admin of what has a code, in front of Django's own class: a code finds by the index what it stands for."""

    # The columns in which codes stand.
    code_fields: tuple[str, ...] = ("code_id",)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """A code finds what has it; anything else is looked for in the ``search_fields``, row by row."""
        code = search_term.strip().upper()
        if is_code(code):
            return queryset.filter(reduce(or_, (Q(**{name: code}) for name in self.code_fields))), False
        return super().get_search_results(request, queryset, search_term)


class RecordAdmin(FoundByCode, ForCoordinators, admin.ModelAdmin):
    """The base of every kind of record's admin."""

    list_filter = ("status", ConfirmingFilter, TranslationFilter, LanguageFilter, OpenRevisionFilter)
    search_fields = ("code__value", "source_title")
    list_per_page = 50
    # Neither the number of all records nor that behind each filter is worth reading all of them.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("code_id",)
    change_list_template = "admin/publishing/records.html"
    extra_columns: tuple[str, ...] = ()

    class Media:
        css = {"all": ("css/admin.css",)}

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """Code, title, state, then a column a language."""
        columns = tuple(language_column(code) for code in CODES)
        return ("code", "source_title", *self.extra_columns, "status", *columns)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything, for whom the predicates let in: what is shown of it in public is another question."""
        current = Translation.objects.current().defer("document")
        waiting = Revision.objects.open().defer("document")
        return (
            super()
            .get_queryset(request)
            .select_related("code")
            .prefetch_related(
                Prefetch("code__translations", queryset=current, to_attr="current_translations"),
                Prefetch("code__revisions", queryset=waiting, to_attr="open_revisions"),
            )
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, with the state of each record in each language worked out once a row."""
        changelist = super().get_changelist_instance(request)
        now = timezone.now()
        for record in changelist.result_list:
            record.states_by_language = reading.states(record.source_language, record.code.current_translations, now)
        return changelist

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list with its legend."""
        legend = [(SIGNS[state], state.label) for state in State]
        return super().changelist_view(request, {**(extra_context or {}), "legend": legend})

    def get_urls(self) -> list[Any]:
        """The dossier and the desk in the place of Django's form."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [*self.desk_urls(name), *super().get_urls()]

    def desk_urls(self, name: str) -> Iterator[Any]:
        """One address for each thing that can be done to a record."""
        view = self.admin_site.admin_view
        for action, parts, handler in (
            ("write", "write/<str:language>/", desk.write),
            ("decide", "decide/<int:revision_id>/", desk.decide),
            ("compare", "versions/<int:older>/<int:newer>/", desk.compare),
            ("withhold", "withhold/<int:number>/", desk.withhold),
            ("step", "step/<slug:step>/", desk.step),
        ):
            yield path(f"<path:object_id>/{parts}", view(desk.bound(handler, self)), name=f"{name}_{action}")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """The dossier of a record."""
        return desk.bound(desk.dossier, self)(request, object_id)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new record: only its language is asked for, the rest is written at the desk."""
        return desk.add(self, request)

    def desk_url(self, action: str, record: Record, *args: Any) -> str:
        """The address of ``action`` on ``record``."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{action}"
        return reverse(name, args=[record.pk, *args])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A coordinator begins records here; one that is wrong is archived or withdrawn, never deleted."""
        return self.has_module_permission(request)
