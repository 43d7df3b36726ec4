"""Reported messages in the coordinators' admin. What nobody has reported is between those who wrote it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _, ngettext

from clavet.accounts.admin_access import ForCoordinators
from network.contacting import settle
from network.models import Conversation


@admin.register(Conversation)
class ConversationAdmin(ForCoordinators, admin.ModelAdmin):
    """Conversations that one side has shown to the coordinators."""

    list_display = ("reported_at", "writer_name", "member", "reported_why", "handled_at")
    list_filter = (("handled_at", admin.EmptyFieldListFilter),)
    list_select_related = ("member__account",)
    ordering = ("-reported_at",)
    fields = readonly_fields = (
        "reported_at", "reported_why", "writer_name", "member", "about", "letters", "handled_at", "handled_by",
    )  # fmt: skip
    actions = ("settle_chosen",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Those that were reported, and no others."""
        return super().get_queryset(request).reported()

    @admin.display(description=_("messages"))
    def letters(self, conversation: Conversation) -> SafeString:
        """What was written, in its order."""
        rows = (
            (conversation.member if letter.from_member else conversation.writer_name, letter.text)
            for letter in conversation.messages.all()
        )
        return format_html_join("", "<p><strong>{}</strong><br>{}</p>", rows)

    @admin.action(description=_("Mark as dealt with"))
    def settle_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Mark the chosen conversations as dealt with."""
        found = list(queryset)
        for conversation in found:
            settle(conversation, actor=request.user)
        text = ngettext("%(number)d message is dealt with.", "%(number)d messages are dealt with.", len(found))
        self.message_user(request, text % {"number": len(found)})
