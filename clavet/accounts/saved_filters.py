"""Filters of a list of the admin that somebody keeps under a name of her own."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from clavet.accounts.models import SavedFilter

# So many for each person and list; more would be no shorter way.
MOST = 20
LONGEST = 1000
# What says where one is in a list, and not which list it is.
PLACE = ("p", "all", "e")


class NameForm(forms.ModelForm):
    """What the filter is called."""

    class Meta:
        model = SavedFilter
        fields = ("name",)


def kept_query(query: str) -> str:
    """A query of the list without what says where in it one is; nothing for one that is too long to be one."""
    pairs = [(name, value) for name, value in parse_qsl(query[: LONGEST * 2]) if name not in PLACE]
    kept = urlencode(pairs)
    return kept if len(kept) <= LONGEST else ""


class WithSavedFilters:
    """An admin whose list keeps filters, in front of Django's own class."""

    change_list_template = "admin/accounts/with_saved_filters.html"

    def get_urls(self) -> list[Any]:
        """Django's addresses, and those that keep a filter and let it go."""
        view, name = self.admin_site.admin_view, self.list_name
        return [
            path("filters/keep/", view(self.keep_filter), name=f"{name}_keep_filter"),
            path("filters/<int:pk>/drop/", view(self.drop_filter), name=f"{name}_drop_filter"),
            *super().get_urls(),
        ]

    @property
    def list_name(self) -> str:
        """The list as Django's names of addresses say it."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list with the filters of whoever looks at it."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse):
            query, address = kept_query(request.GET.urlencode()), f"admin:{self.list_name}"
            response.context_data["saved_filters"] = [
                {
                    "name": kept.name,
                    "url": f"?{kept.query}",
                    "is_here": kept.query == query,
                    "drop_url": reverse(f"{address}_drop_filter", args=[kept.pk]),
                }
                for kept in self.filters_of(request)
            ]
            response.context_data["filter_query"] = query
            response.context_data["keep_url"] = reverse(f"{address}_keep_filter")
        return response

    def filters_of(self, request: HttpRequest) -> Any:
        """Those of the person who asks, for this list."""
        return SavedFilter.objects.filter(account=request.user, list_name=self.list_name)

    def keep_filter(self, request: HttpRequest) -> HttpResponse:
        """Keep what the list is narrowed to now; the same name again stands for the newer one."""
        if not self.has_view_permission(request) or request.method != "POST":
            raise PermissionDenied
        query, form = kept_query(request.POST.get("query", "")), NameForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Please give the filter a name of at most 60 characters."))
        elif not query:
            messages.error(request, _("The list is not narrowed: there is nothing to keep."))
        elif self.filters_of(request).exclude(name=form.cleaned_data["name"]).count() >= MOST:
            messages.error(request, _("You keep as many filters as there can be: drop one first."))
        else:
            self.filters_of(request).update_or_create(
                name=form.cleaned_data["name"],
                defaults={"query": query},
                create_defaults={"query": query, "account": request.user, "list_name": self.list_name},
            )
        return redirect(f"{reverse(f'admin:{self.list_name}_changelist')}?{query}")

    def drop_filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let one of one's own go."""
        if not self.has_view_permission(request) or request.method != "POST":
            raise PermissionDenied
        get_object_or_404(self.filters_of(request), pk=pk).delete()
        return redirect(f"admin:{self.list_name}_changelist")
