"""What the portal sends, for those who keep it: to be read, and to be sent again where it failed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, ngettext

from clavet.mail import registry
from clavet.mail.models import Email, State
from clavet.mail.sending import is_confidential, may_see, send_again


class MessageFilter(admin.SimpleListFilter):
    """E-mails by message, under its label."""

    title = _("message")
    parameter_name = "message"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(message.name, message.label) for message in registry.MESSAGES.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(name=self.value()) if self.value() in registry.MESSAGES else queryset


class StateFilter(admin.SimpleListFilter):
    """E-mails by state; of those that have been erased there is nothing to see."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in State if state != State.ERASED]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


@admin.register(Email)
class EmailAdmin(admin.ModelAdmin):
    """The queue and what went through it. Nothing can be changed."""

    list_display = ("created_at", "state", "label", "address", "subject", "attempts", "next_attempt", "last_error")
    list_filter = (StateFilter, MessageFilter, "language")
    search_fields = ("address", "subject", "message_id")
    date_hierarchy = "created_at"
    list_per_page = 50
    actions = ["send_chosen_again"]
    fields = readonly_fields = (
        "state", "label", "address", "user", "language", "subject", "created_at", "attempts", "next_attempt",
        "finished_at", "last_error", "message_id", "cause", "digest", "text_as_sent", "html_as_sent",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What still says something. The parts are loaded for the one that is read."""
        emails = super().get_queryset(request).readable()
        return emails if request.resolver_match.kwargs.get("object_id") else emails.defer("text", "html")

    @admin.display(description=_("message"), ordering="name")
    def label(self, email: Email) -> str:
        """What it is; its name, where nobody declares it any more."""
        message = registry.MESSAGES.get(email.name)
        return message.label if message else email.name

    @admin.display(description=_("next attempt"), ordering="due_at", empty_value="–")
    def next_attempt(self, email: Email) -> Any:
        """When it is tried next, while it waits."""
        return email.due_at if email.state == State.QUEUED else None

    @admin.display(description=_("text"))
    def text_as_sent(self, email: Email) -> str:
        """The text part, unless it lets somebody in."""
        return str(_("Not shown: it holds a link for the recipient alone.")) if is_confidential(email) else email.text

    @admin.display(description=_("HTML"))
    def html_as_sent(self, email: Email) -> str:
        """The HTML part as its source, unless it lets somebody in."""
        return "" if is_confidential(email) else email.html

    @admin.action(description=_("Send again (only what failed)"))
    def send_chosen_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue the chosen e-mails again; those that did not fail stay as they are."""
        number = sum(send_again(email, actor=request.user) for email in queryset)
        text = ngettext("%(number)d e-mail is queued again.", "%(number)d e-mails are queued again.", number)
        self.message_user(request, text % {"number": number})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_see(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_see(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
