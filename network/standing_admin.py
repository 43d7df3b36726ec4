"""Suspending an authority, and ending places in it, in the coordinators’ admin: by domain functions, with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from clavet.accounts.roles import is_coordinator
from clavet.publishing.errors import WrongState
from network import joining
from network.models import Authority, Membership


class Standing(forms.Form):
    """What is to be done, and why."""

    step = forms.ChoiceField(label=gettext_lazy("What is to be done"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It stands in the log, and in the e-mail."),
    )
    without_author = forms.BooleanField(
        label=gettext_lazy("Leave the authority without an author, if it is the last one"), required=False
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {
            f"end-{place.pk}": place
            for place in Membership.objects.current().filter(authority=authority).select_related("member__account")
        }
        self.fields["step"].choices = [
            *([("suspend", _("suspend the authority"))] if authority.status == Authority.Status.MEMBER else []),
            *([("resume", _("end the suspension"))] if authority.status == Authority.Status.SUSPENDED else []),
            *(
                (
                    key,
                    _("end the place of %(name)s (%(role)s)")
                    % {"name": place.member, "role": place.get_role_display()},
                )
                for key, place in self.places.items()
            ),
        ]  # fmt: skip

    def take(self, authority: Authority, actor: Any) -> None:
        """Do what a valid form says. ``WrongState``, ``NotAllowed``."""
        step, reason = self.cleaned_data["step"], self.cleaned_data["reason"]
        if step in self.places:
            joining.leave(
                self.places[step], actor=actor, reason=reason, even_if_last=self.cleaned_data["without_author"]
            )
        else:
            {"suspend": joining.suspend, "resume": joining.resume}[step](authority, actor=actor, reason=reason)


class WithStanding:
    """Adds the page to an admin of authorities."""

    def get_urls(self) -> list[Any]:
        """Django's addresses and the page's."""
        page = self.admin_site.admin_view(self.standing_view)
        return [path("<int:pk>/standing/", page, name="network_authority_standing"), *super().get_urls()]

    @staticmethod
    def standing_link(authority: Authority) -> SafeString | str:
        """The way to the page."""
        if authority.pk is None:
            return "–"
        url = reverse("admin:network_authority_standing", args=[authority.pk])
        return format_html('<a href="{}">{}</a>', url, _("Suspend, or end places"))

    standing_link.short_description = gettext_lazy("standing")

    def standing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page."""
        if not is_coordinator(request.user):
            raise PermissionDenied
        authority = get_object_or_404(Authority, pk=pk)
        form = Standing(request.POST or None, authority=authority)
        if request.method == "POST" and form.is_valid():
            try:
                form.take(authority, request.user)
                messages.success(request, _("Done."))
                return redirect("admin:network_authority_change", pk)
            except joining.LastAuthor:
                form.add_error("without_author", _("This is the authority’s last author."))
            except WrongState:
                form.add_error("step", _("Somebody was quicker: look at what stands now."))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": authority.own_name,
            "form": form,
        }
        return render(request, "admin/network/standing.html", context, status=400 if form.errors else 200)
