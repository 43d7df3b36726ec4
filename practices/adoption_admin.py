"""The coordinators' queue of adoptions. Nothing here changes anything but through the domain functions."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from clavet.accounts.admin_access import ForCoordinators
from practices import adopting
from practices.desk.telling import told
from practices.models import Adoption

NOT_YOURS = gettext_lazy(
    "You may not do this: a coordinator decides who belongs to neither of the two authorities and did not declare it."
)


@admin.register(Adoption)
class AdoptionAdmin(ForCoordinators, admin.ModelAdmin):
    """All adoptions, those that wait for a decision first."""

    list_display = ("practice_code", "authority_name", "state_word", "declared_at", "outcome", "declared_by")
    list_filter = ("state", "outcome", "language")
    search_fields = ("practice__code__value", "authority__code__value", "authority__own_name")
    list_select_related = ("practice", "authority", "declared_by")
    list_per_page = 50
    change_form_template = "admin/practices/adoption.html"

    class Media:
        css = {"all": ("css/admin.css",)}

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """The declared ones first, the oldest on top."""
        waits = Case(When(state=Adoption.State.DECLARED, then=Value(0)), default=Value(1))
        return (waits, "declared_at", "id")

    @admin.display(description=gettext_lazy("Practice"), ordering="practice__code_id")
    def practice_code(self, adoption: Adoption) -> str:
        """Code and title of the practice."""
        return str(adoption.practice)

    @admin.display(description=gettext_lazy("authority"), ordering="authority__own_name")
    def authority_name(self, adoption: Adoption) -> str:
        """Who has adapted it."""
        return adoption.authority.own_name

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_word(self, adoption: Adoption) -> str:
        """Where it stands."""
        return adoption.get_state_display()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The dossier: what was told, what can be decided, the log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        adoption = self.get_object(request, object_id)
        if adoption is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            act(request, adoption)
            return redirect(request.path)
        context = {**self.admin_site.each_context(request), **self.dossier(request, adoption)}
        return render(request, self.change_form_template, context)

    def dossier(self, request: HttpRequest, adoption: Adoption) -> dict[str, Any]:
        """All about an adoption."""
        judges = rules.test_rule("practices.confirm_adoption", request.user, adoption)
        return {
            "opts": self.opts,
            "media": self.media,
            "title": f"{adoption.practice.code_id} · {adoption.authority.own_name}",
            "adoption": adoption,
            "page_url": adoption.practice.url_in(request.LANGUAGE_CODE),
            "report": getattr(adoption, "report", None),
            "may_decide": judges and adoption.state == Adoption.State.DECLARED,
            "may_withdraw": judges and adoption.state == Adoption.State.CONFIRMED,
            "is_part": not judges and adoption.state in Adoption.OPEN,
            "not_yours": NOT_YOURS,
            "log": adoption.log.select_related("actor").order_by("-id"),
        }


def act(request: HttpRequest, adoption: Adoption) -> None:
    """Carry out the button that was pressed on the dossier."""
    text, who = request.POST.get("text", "").strip()[:1000], request.user
    steps = {
        "confirm": lambda: adopting.confirm(adoption, actor=who),
        "refuse": lambda: adopting.refuse(adoption, actor=who, reason=text),
        "withdraw": lambda: adopting.withdraw(adoption, actor=who, reason=text),
    }
    name = request.POST.get("action", "")
    if name in ("refuse", "withdraw") and not text:
        messages.error(request, _("Please give the reason."))
    elif name in steps:
        told(request, steps[name], _("Done."), forbidden=str(NOT_YOURS))
