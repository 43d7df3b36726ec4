"""Tables in the coordinators' admin: send one in, see what it would do, import it; take templates and all there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from clavet.accounts.admin_access import ForCoordinators
from clavet.publishing.actors import require
from clavet.publishing.errors import PublishingError
from clavet.tables import uploads
from clavet.tables.findings import TableRefused
from clavet.tables.kinds import KINDS, Kind
from clavet.tables.models import Upload
from clavet.tables.rules import is_free_to_confirm
from clavet.tables.table import Table
from clavet.tables.writing import CONTENT_TYPES, WRITERS, explained_xlsx

# So many findings are shown on a page; who mends them sees the rest.
MOST_SHOWN = 300


class SendForm(forms.Form):
    """Which things, and the file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is in the table"),
        choices=lambda: [(kind.name, kind.label) for kind in KINDS.values()],
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV in UTF-8, or XLSX; at most 10 MB. Nothing is imported before you have seen what it would do."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


@admin.register(Upload)
class UploadAdmin(ForCoordinators, admin.ModelAdmin):
    """Tables that were sent in, with what became of them."""

    list_display = ("name", "kind_word", "uploaded_by", "uploaded_at", "done_by", "done_at", "new", "changed")
    list_select_related = ("uploaded_by", "done_by")
    list_per_page = 50

    class Media:
        css = {"all": ("css/admin.css",)}

    @admin.display(description=gettext_lazy("kind"))
    def kind_word(self, upload: Upload) -> str:
        """What the things in it are called."""
        return str(KINDS[upload.kind].label) if upload.kind in KINDS else upload.kind

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the contents, which lists do not need."""
        return super().get_queryset(request).defer("content")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under its own name."""
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Import and export")})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A coordinator sends in."""
        return self.has_module_permission(request)

    def get_urls(self) -> list[Any]:
        """Templates and exports beside Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("template/<slug:kind>.xlsx", view(self.template), name="tables_template"),
            path("all/<slug:kind>.<slug:format_name>", view(self.everything), name="tables_everything"),
            *super().get_urls(),
        ]

    # ---------------------------------------------------------------- to take away

    def template(self, request: HttpRequest, kind: str) -> HttpResponse:
        """An empty table with what its columns mean."""
        found = self.known(request, kind)
        content = explained_xlsx(Table([column.name for column in found.columns()], []), found)
        return file_response(content, f"clavet-{found.name}-template.xlsx", "xlsx")

    def everything(self, request: HttpRequest, kind: str, format_name: str) -> HttpResponse:
        """All that there is of a kind, as it can be sent in again."""
        found = self.known(request, kind)
        if format_name not in WRITERS:
            raise Http404
        table = found.everything()
        content = explained_xlsx(table, found) if format_name == "xlsx" else WRITERS[format_name](table)
        return file_response(content, f"clavet-{found.name}.{format_name}", format_name)

    def known(self, request: HttpRequest, name: str) -> Kind:
        """The kind called ``name``, for whoever may read tables."""
        require("tables.read", request.user, None)
        if name not in KINDS:
            raise Http404
        return KINDS[name]

    # ---------------------------------------------------------------- to send in

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Send a table in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        findings: list[Any] = []
        form = SendForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                upload = uploads.send(KINDS[form.cleaned_data["kind"]], file.read(), file.name, actor=request.user)
            except TableRefused as refusal:
                findings = refusal.findings
            else:
                return redirect("admin:tables_upload_change", upload.pk)
        kinds = [
            {
                "label": kind.label,
                "template": reverse("admin:tables_template", args=[kind.name]),
                "csv": reverse("admin:tables_everything", args=[kind.name, "csv"]),
                "xlsx": reverse("admin:tables_everything", args=[kind.name, "xlsx"]),
            }
            for kind in KINDS.values()
        ]
        context = {"form": form, "kinds": kinds, "title": _("Import a table"), **shown(findings)}
        return self.page(request, "admin/tables/send.html", context)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """What the import of a table would do, with the button; afterwards what it has done."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        upload = self.get_object(request, object_id)
        if upload is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            return self.confirm(request, upload)
        context = {"upload": upload, "kind": self.kind_word(upload), "title": upload.name, **shown([])}
        if upload.done_at is None and upload.kind in KINDS:
            try:
                plan = uploads.look(upload, actor=request.user)
            except TableRefused as refusal:
                context |= shown(refusal.findings)
            else:
                context |= {"plan": plan, **shown(plan.findings)}
            context["takes_another"] = not is_free_to_confirm(request.user, upload)
        return self.page(request, "admin/tables/upload.html", context)

    def confirm(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        """The button was pressed."""
        try:
            uploads.confirm(upload, actor=request.user)
        except TableRefused:
            self.message_user(request, _("Nothing was imported. See below why."), messages.ERROR)
        except PublishingError:
            self.message_user(request, _("This cannot be done (any more). Please look at it again."), messages.ERROR)
        else:
            self.message_user(request, _("The table is imported."), messages.SUCCESS)
        return redirect("admin:tables_upload_change", upload.pk)

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """One of our pages within the admin."""
        common = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return render(request, template, {**common, **context})


def shown(findings: list[Any]) -> dict[str, Any]:
    """Findings as a page has them: the first ones, and how many there are."""
    return {"findings": findings[:MOST_SHOWN], "number": len(findings)}


def file_response(content: bytes, name: str, format_name: str) -> HttpResponse:
    """A file to take away."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[format_name])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
