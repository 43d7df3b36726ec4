"""Messages in the coordinators' admin: what waits comes first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, ngettext

from clavet.accounts.admin_access import ForCoordinators
from clavet.contact.models import Message
from clavet.contact.receiving import reopen, settle


class Waiting(admin.SimpleListFilter):
    """Waiting or dealt with; waiting unless one asks for more."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("handled", _("dealt with")), ("all", _("all"))]

    def choices(self, changelist: Any):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("waiting"),
        }
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(handled_at__isnull=False) if self.value() == "handled" else queryset.waiting()


@admin.register(Message)
class MessageAdmin(ForCoordinators, admin.ModelAdmin):
    """What readers wrote."""

    list_display = ("received_at", "kind", "code", "language", "name", "beginning", "handled_at")
    list_filter = (Waiting, "kind", "language")
    search_fields = ("text", "name", "email", "code__value")
    readonly_fields = (
        "kind", "code", "language", "name", "email", "text", "received_at", "handled_at", "handled_by",
    )  # fmt: skip
    fields = (*readonly_fields, "note")
    actions = ["settle_chosen", "reopen_chosen"]
    list_select_related = ("code",)

    @admin.display(description=_("text"))
    def beginning(self, message: Message) -> str:
        """The first words."""
        return message.text[:80]

    @admin.action(description=_("Mark as dealt with"))
    def settle_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Mark the chosen messages as dealt with."""
        messages = list(queryset)
        for message in messages:
            settle(message, actor=request.user)
        text = ngettext("%(number)d message is dealt with.", "%(number)d messages are dealt with.", len(messages))
        self.message_user(request, text % {"number": len(messages)})

    @admin.action(description=_("Mark as waiting"))
    def reopen_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Put the chosen messages back among those that wait."""
        for message in queryset:
            reopen(message, actor=request.user)
