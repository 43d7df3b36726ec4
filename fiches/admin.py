"""Fiches in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _, gettext_lazy

from clavet.publishing import desk
from clavet.publishing.admin_site import (
    ConfirmingFilter,
    LanguageFilter,
    OpenRevisionFilter,
    RecordAdmin,
    TranslationFilter,
)
from clavet.publishing.errors import PublishingError
from fiches.from_practice import AlreadyTold, draft_from, told_as
from fiches.models import Fiche
from practices.models import Practice


class AgainForm(forms.Form):
    """That another fiche of the same practice is wanted."""

    again = forms.BooleanField(label=gettext_lazy("I want another fiche of the same practice"))


@admin.register(Fiche)
class FicheAdmin(RecordAdmin):
    """A table of fiches by languages, a dossier for each."""

    extra_columns = ("kind",)
    list_filter = (
        "status",
        "kind",
        ConfirmingFilter,
        TranslationFilter,
        LanguageFilter,
        OpenRevisionFilter,
        "is_sample",
    )

    def desk_urls(self, name: str) -> Iterator[Any]:
        """Also where a practice becomes a fiche."""
        view = self.admin_site.admin_view(self.from_practice)
        yield path("from-practice/<str:code>/", view, name=f"{name}_from_practice")
        yield from super().desk_urls(name)

    def from_practice(self, request: HttpRequest, code: str) -> HttpResponse:
        """Ask, make the draft, and go to its dossier; a fiche that there is of the practice is pointed to first."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        published = Practice.objects.visible_to()
        practice = get_object_or_404(published, code_id=code)
        standing = list(told_as(practice))
        form = AgainForm(request.POST or None) if standing else None
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                fiche = draft_from(practice, actor=request.user, again=form is not None)
            except AlreadyTold:
                return redirect(request.path)
            except PublishingError as error:
                messages.error(request, desk.explain(error))
            else:
                messages.success(request, _("The draft is made. Readers notice nothing until it is accepted."))
                return redirect(self.desk_url("change", fiche))
        for fiche in standing:
            fiche.dossier_url = self.desk_url("change", fiche)
        title = f"{code}: {_('Draft a fiche from it')}"
        return desk.page(self, request, "from_practice", title, None, practice=practice, standing=standing, form=form)
