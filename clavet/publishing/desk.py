"""The desk in the admin: the dossier of a record, writing and deciding its revisions, comparing its versions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import rules
from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from clavet.languages import CODES, LANGUAGES, own_name
from clavet.publishing import desk_links, differences, documents, lifecycle, reading, workflow
from clavet.publishing.errors import Conflict, Invalid, NotAllowed, PublishingError
from clavet.publishing.forms import AcceptForm, ReasonForm, SourceForm, TranslationForm, assemble, row_formset
from clavet.publishing.models import LogEntry, Record, Revision, Version

View = Callable[..., HttpResponse]


def bound(view: View, model_admin: Any) -> View:
    """``view`` with the record looked up, for coordinators only. 404 for a record that is not there."""

    def run(request: HttpRequest, object_id: str, **kwargs: Any) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        pk = unquote(object_id)
        record = (
            model_admin.get_queryset(request).filter(pk=pk).first()
            if pk.isascii() and pk.isdigit() and len(pk) < 19
            else None
        )
        if record is None:
            raise Http404
        return view(model_admin, request, record, **kwargs)

    return run


def page(
    model_admin: Any, request: HttpRequest, template: str, title: str, record: Any, **context: Any
) -> HttpResponse:
    """A page of the desk in the frame of the admin."""
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "record": record,
        "media": model_admin.media,
        "dossier_url": model_admin.desk_url("change", record) if record else "",
    }
    return render(request, f"admin/publishing/{template}.html", {**frame, **context})


def explain(error: PublishingError) -> str:
    """What went wrong, for the person at the desk."""
    if isinstance(error, NotAllowed):
        return _("You may not do this. A text is accepted by a coordinator who did not write it.")
    if isinstance(error, Conflict):
        return _("Somebody else has saved this text since you opened it. Nothing of theirs was overwritten.")
    if isinstance(error, Invalid):
        return _("Something is still missing or too long. See the list.")
    return _("This cannot be done any more: somebody may have been quicker. Please look at the dossier again.")


# ---------------------------------------------------------------- a new record


def add(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask for the language of a new record, make it, and go to its first text."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    fields = {"source_language": forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGES)}
    form = type("NewRecordForm", (forms.Form,), fields)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["source_language"]
        record = workflow.create_record(model_admin.model, actor=request.user, source_language=language)
        return redirect(model_admin.desk_url("write", record, language))
    return page(model_admin, request, "new", _("New record"), None, form=form)


# ---------------------------------------------------------------- the dossier


def dossier(model_admin: Any, request: HttpRequest, record: Record) -> HttpResponse:
    """Everything about a record on one page: languages, versions, open revisions, log, what can be done."""
    versions = list(Version.objects.filter(code_id=record.code_id).defer("document").order_by("-number"))
    for version in versions:
        version.note = change_note(version)
        version.compare_url = (
            model_admin.desk_url("compare", record, version.number - 1, version.number) if version.number > 1 else ""
        )
        version.withhold_url = (
            model_admin.desk_url("withhold", record, version.number) if version.number < record.version else ""
        )
    return page(
        model_admin,
        request,
        "dossier",
        str(record),
        record,
        languages=language_rows(model_admin, record),
        versions=versions,
        steps=[
            SimpleNamespace(name=name, label=label, url=model_admin.desk_url("step", record, name))
            for name, (label, _needs_reason, states, _function) in STEPS.items()
            if record.status in states
        ],
        links=desk_links.of(record),
        log=LogEntry.objects.filter(code_id=record.code_id).select_related("actor").order_by("-id")[:100],
        public=record.status in (Record.Status.PUBLISHED, Record.Status.ARCHIVED),
    )


def change_note(version: Version) -> str:
    """The line on what changed, in the source's language or whatever there is."""
    return version.change_note.get(version.language) or next(iter(version.change_note.values()), "")


def language_rows(model_admin: Any, record: Record) -> list[SimpleNamespace]:
    """A line for each language: its state, who translated it and how, what is open, where to go."""
    translations = record.code.current_translations
    waiting = {revision.language: revision for revision in record.code.open_revisions}
    found = reading.states(record.source_language, translations, timezone.now())
    rows = []
    for code, name in LANGUAGES:
        state, translation = found[code]
        revision = waiting.get(code)
        rows.append(
            SimpleNamespace(
                code=code,
                name=name,
                state=state,
                translation=translation,
                revision=revision,
                page_url=record.url_in(code),
                write_url=model_admin.desk_url("write", record, code),
                decide_url=model_admin.desk_url("decide", record, revision.pk) if revision else "",
                preview_url=preview_url(record, revision, code) if revision else "",
                can_write=code == record.source_language or record.version > 0 or revision is not None,
            )
        )
    return rows


def preview_url(record: Record, revision: Revision, language: str) -> str:
    """The real page as it would be, in ``language``."""
    return f"{record.url_in(language).rsplit('/', 2)[0]}/preview/{revision.pk}/"


# ---------------------------------------------------------------- writing


def tabs(model_admin: Any, record: Record, current: str) -> list[SimpleNamespace]:
    """The languages that can be written now as links, each to the text in it."""
    prepared = {revision.language for revision in record.code.open_revisions}
    return [
        SimpleNamespace(code=code, name=name, url=model_admin.desk_url("write", record, code), current=code == current)
        for code, name in LANGUAGES
        if code == record.source_language or record.version or code in prepared
    ]


def unsaved(record: Record, language: str) -> Revision:
    """What somebody sees who opens a text that has no revision: what is live. Nothing is saved by looking."""
    is_source = language == record.source_language
    translation = next((item for item in record.code.current_translations if item.language == language), None)
    if not is_source:
        document = documents.translation_document(record, language)
    else:
        document = documents.source_document(record) if record.version else documents.blank()
    return Revision(
        code_id=record.code_id,
        kind=Revision.Kind.SOURCE if is_source else Revision.Kind.TRANSLATION,
        language=language,
        base_version=record.version,
        part=translation.part if translation else "full",
        translator_name=translation.translator_name if translation else "",
        document=document,
    )


def write(model_admin: Any, request: HttpRequest, record: Record, language: str) -> HttpResponse:
    """Write the text of one language."""
    revision = next((item for item in record.code.open_revisions if item.language == language), None)
    if language not in CODES or not (language == record.source_language or record.version or revision):
        raise Http404
    revision = Revision.objects.get(pk=revision.pk) if revision else unsaved(record, language)
    if revision.pk and revision.state == Revision.State.SUBMITTED:
        return redirect(model_admin.desk_url("decide", record, revision.pk))
    source = source_for(record, revision)
    form, formsets = make_forms(record, revision, source, request)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid() and all(formset.is_valid() for formset in formsets.values()):
        saved = save(request, record, revision, form, formsets)
        if isinstance(saved, Revision) and "submit" in request.POST:
            saved, problems = submit(request, record, saved)
        if isinstance(saved, Revision) and not problems:
            target = "decide" if saved.state == Revision.State.SUBMITTED else "write"
            messages.success(request, _("Saved at %(time)s.") % {"time": timezone.localtime().strftime("%H:%M")})
            return redirect(model_admin.desk_url(target, record, saved.pk if target == "decide" else language))
        if isinstance(saved, Revision):
            revision = saved
    elif request.method == "POST":
        messages.error(request, _("Not saved yet: something needs your attention. Nothing you typed is lost."))
    return page(
        model_admin,
        request,
        "write",
        f"{record.code_id} · {own_name(language)}",
        record,
        form=form,
        formsets=labelled(record, formsets),
        fields=beside_source(form, source, record.source_language),
        revision=revision,
        language=language,
        tabs=tabs(model_admin, record, language),
        can_submit=revision.is_source or record.version > 0,
        problems=[SimpleNamespace(label=record.shape.label_of(problem.key), **vars(problem)) for problem in problems],
        # What was typed against an older text stays so until the page is opened anew; a saved draft begins anew.
        seen=request.POST.get("seen", "")
        if request.method == "POST" and not problems
        else workflow.seen_of(record, language),
        preview_url=preview_url(record, revision, language) if revision.pk else "",
    )


def source_for(record: Record, revision: Revision) -> documents.Document:
    """The source text that a translation is made of; for a source revision its own document."""
    if revision.is_source:
        return revision.document
    return workflow.source_behind(record, revision)


def make_forms(record: Record, revision: Revision, source: Any, request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    """The form of a revision and its rows, filled from the request or from the revision."""
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if not revision.is_source:
        return TranslationForm(record.shape, revision, source, data[0]), {}
    form = SourceForm(record.shape, revision.document, data[0])
    return form, {child.name: row_formset(child, revision.document, *data) for child in record.shape.children}


def save(
    request: HttpRequest, record: Record, revision: Revision, form: Any, formsets: dict[str, Any]
) -> Revision | None:
    """Save what the forms say, as the person at the desk; ``None`` where it was refused, with the reason told."""
    fields = {}
    if revision.is_source:
        document = assemble(form, formsets)
    else:
        document = form.document()
        fields = {name: form.cleaned_data[name] for name in ("part", "method", "translator_name", "base_version")}
    seen = request.POST.get("seen", "")
    try:
        return workflow.write_revision(record, revision.language, document, actor=request.user, seen=seen, **fields)
    except PublishingError as error:
        messages.error(request, explain(error))
        return None


def submit(request: HttpRequest, record: Record, revision: Revision) -> tuple[Revision, list[Any]]:
    """Submit a saved revision; what keeps it from being complete comes back with it."""
    try:
        return workflow.submit_revision(revision, actor=request.user), []
    except Invalid as error:
        messages.warning(request, _("Saved, but not submitted yet. See the list."))
        return revision, error.problems
    except PublishingError as error:
        messages.error(request, explain(error))
        return revision, []


def beside_source(form: Any, source: documents.Document, source_language: str) -> list[SimpleNamespace]:
    """The fields of a form, each with the source text that it translates."""
    texts = source.get("texts", {}) if isinstance(form, TranslationForm) else {}
    return [
        SimpleNamespace(
            field=form[name], source=texts.get(name.removeprefix("text-"), ""), source_language=source_language
        )
        for name in form.fields
    ]


def labelled(record: Record, formsets: dict[str, Any]) -> list[SimpleNamespace]:
    """The formsets under their headings."""
    return [
        SimpleNamespace(label=record.shape.child(name).label, formset=formset) for name, formset in formsets.items()
    ]


# ---------------------------------------------------------------- deciding

DECISIONS = {
    "return": (gettext_lazy("Back to the author"), workflow.return_revision, "publishing.return_revision"),
    "reject": (gettext_lazy("Reject"), workflow.reject_revision, "publishing.reject_revision"),
    "withdraw": (gettext_lazy("Withdraw"), workflow.withdraw_revision, "publishing.withdraw_revision"),
}


def decide(model_admin: Any, request: HttpRequest, record: Record, revision_id: int) -> HttpResponse:
    """What a revision would change, word by word, and the decision about it."""
    revision = Revision.objects.filter(pk=revision_id, code_id=record.code_id).select_related("author").first()
    if revision is None:
        raise Http404
    accept_form = AcceptForm(request.POST or None, prefix="accept")
    reason_form = ReasonForm(request.POST or None, prefix="reason")
    if request.method == "POST" and carry_out(request, record, revision, accept_form, reason_form):
        return redirect(model_admin.desk_url("change", record))
    if revision.is_source:
        live = documents.source_document(record) if record.version else documents.blank()
    else:
        live = documents.translation_document(record, revision.language)
    submitted = revision.state == Revision.State.SUBMITTED
    return page(
        model_admin,
        request,
        "decide",
        f"{record.code_id} · {own_name(revision.language)}",
        record,
        revision=revision,
        changes=differences.changes(record.shape, live, revision.document),
        problems=[
            SimpleNamespace(label=record.shape.label_of(problem.key), **vars(problem))
            for problem in (workflow.problems_of(record, revision) if submitted else [])
        ],
        may_accept=submitted and rules.test_rule("publishing.accept_revision", request.user, revision),
        needs_significance=revision.is_source and record.version > 0,
        submitted=submitted,
        accept_form=accept_form,
        reason_form=reason_form,
        write_url=model_admin.desk_url("write", record, revision.language),
        previews=[
            SimpleNamespace(name=name, code=code, url=preview_url(record, revision, code)) for code, name in LANGUAGES
        ],
    )


def carry_out(
    request: HttpRequest, record: Record, revision: Revision, accept_form: AcceptForm, reason_form: ReasonForm
) -> bool:
    """Do what the pressed button says; ``False`` where it was not done, with the reason told."""
    if "accept" in request.POST:
        needs_significance = revision.is_source and record.version > 0
        if needs_significance and not accept_form.is_valid():
            return False
        cleaned = accept_form.cleaned_data if needs_significance else {}
        note = {record.source_language: cleaned["change_note"]} if cleaned.get("change_note") else {}
        action = partial(workflow.accept_revision, significance=cleaned.get("significance", ""), change_note=note)
        return told(request, action, revision, _("Accepted: it is public now."))
    for name, (_label, function, _rule) in DECISIONS.items():
        if name in request.POST:
            if name == "reject" and not reason_form.is_valid():
                return False
            reason = reason_form.cleaned_data.get("reason", "") if reason_form.is_valid() else ""
            return told(request, partial(function, reason=reason), revision, _("Done."))
    return False


def told(request: HttpRequest, action: Any, subject: Any, success: str) -> bool:
    """Run ``action`` on ``subject`` as the person at the desk and say how it went. Returns whether it was done."""
    try:
        action(subject, actor=request.user)
    except PublishingError as error:
        messages.error(request, explain(error))
        return False
    messages.success(request, success)
    return True


# ---------------------------------------------------------------- versions and states


def compare(model_admin: Any, request: HttpRequest, record: Record, older: int, newer: int) -> HttpResponse:
    """Two versions side by side, word by word."""
    if not older < newer <= record.version:
        raise Http404
    versions = {item.number: item for item in Version.objects.filter(code_id=record.code_id, number__in=[older, newer])}
    if len(versions) != 2:
        raise Http404
    found = differences.changes(record.shape, versions[older].document, versions[newer].document)
    title = _("%(code)s: version %(older)d and version %(newer)d") % {
        "code": record.code_id,
        "older": older,
        "newer": newer,
    }
    return page(model_admin, request, "compare", title, record, changes=found)


class WithholdForm(forms.Form):
    """For what a version is withheld."""

    why = forms.ChoiceField(label=gettext_lazy("Withheld for"), choices=Version.Withholding.choices)
    note = forms.CharField(label=gettext_lazy("Internal note"), required=False, max_length=1000)


def withhold(model_admin: Any, request: HttpRequest, record: Record, number: int) -> HttpResponse:
    """Withhold an older version, or release it."""
    version = Version.objects.filter(code_id=record.code_id, number=number).first()
    if version is None:
        raise Http404
    form = WithholdForm(request.POST or None)
    if request.method == "POST":
        if version.withheld and told(request, lifecycle.release_version, version, _("It can be read again.")):
            return redirect(model_admin.desk_url("change", record))
        if not version.withheld and form.is_valid():
            action = partial(lifecycle.withhold_version, **form.cleaned_data)
            if told(request, action, version, _("It is withheld. Readers see the date and the reason.")):
                return redirect(model_admin.desk_url("change", record))
    title = _("%(code)s: withhold version %(number)d") % {"code": record.code_id, "number": number}
    return page(model_admin, request, "withhold", title, record, form=form, version=version)


STATUS = Record.Status
# name: label, whether it needs a reason, in which states it is offered, the domain function
STEPS: dict[str, tuple[Any, bool, tuple[str, ...], Any]] = {
    "confirm": (gettext_lazy("Still true: confirm"), False, (STATUS.PUBLISHED,), lifecycle.confirm_record),
    "archive": (gettext_lazy("Archive"), True, (STATUS.PUBLISHED,), lifecycle.archive_record),
    "restore": (gettext_lazy("Restore"), False, (STATUS.ARCHIVED,), lifecycle.restore_record),
    "withdraw": (
        gettext_lazy("Withdraw"),
        True,
        (STATUS.PUBLISHED, STATUS.ARCHIVED, STATUS.UNPUBLISHED),
        lifecycle.withdraw_record,
    ),
}


def step(model_admin: Any, request: HttpRequest, record: Record, step: str) -> HttpResponse:
    """Confirm, archive, restore or withdraw a record, with a reason where readers will see one."""
    if step not in STEPS:
        raise Http404
    label, needs_reason, _states, function = STEPS[step]
    form = ReasonForm(request.POST or None) if needs_reason else None
    if form:
        form.fields["reason"].help_text = _("In the language of the record: %(language)s.") % {
            "language": own_name(record.source_language)
        }
    if request.method == "POST" and (form is None or form.is_valid()):
        action = partial(function, reason=form.cleaned_data["reason"]) if form else function
        if told(request, action, record, _("Done.")):
            return redirect(model_admin.desk_url("change", record))
    return page(model_admin, request, "step", f"{record.code_id}: {label}", record, form=form, label=label)
