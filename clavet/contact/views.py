"""The contact forms: a message, an error on a record, an offer to translate."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clavet.contact import receiving
from clavet.contact.forms import MessageForm
from clavet.contact.models import Message
from clavet.publishing import reading
from clavet.publishing.codes import is_code
from clavet.publishing.models import Record, Translation
from clavet.publishing.registry import KINDS
from clavet.web.crumbs import crumbs
from clavet.web.errors import gone_or_404
from clavet.web.meta import Meta, absolute, in_all_languages
from clavet.web.texts import Text


def public_record(code: str) -> Record:
    """The public record behind ``code``; 404 or 410 as its own page would answer."""
    model = KINDS.get(code[:2])
    if model is None or not is_code(code):
        raise Http404
    return model.objects.visible_to(None, archived=True).filter(code_id=code).first() or gone_or_404(code)


def write(request: HttpRequest) -> HttpResponse:
    """Anything."""
    return _form_page(
        request,
        Message.Kind.QUESTION,
        heading=_("Write to us"),
        intro=_("A person reads what you write. You may write in any of the nine languages."),
    )


def report(request: HttpRequest, code: str) -> HttpResponse:
    """An error on a record."""
    return _form_page(
        request,
        Message.Kind.ERROR,
        heading=_("Report an error"),
        intro=_("What is wrong, and how do you know? A source helps us to put it right."),
        record=public_record(code),
    )


def offer(request: HttpRequest, code: str) -> HttpResponse:
    """An offer to translate a record."""
    return _form_page(
        request,
        Message.Kind.TRANSLATION,
        heading=_("Offer a translation"),
        intro=_(
            "Tell us into which language you would translate, and how we can reach you. A coordinator will answer."
        ),
        record=public_record(code),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _form_page(
    request: HttpRequest, kind: str, *, heading: str, intro: str, record: Record | None = None
) -> HttpResponse:
    form = MessageForm(request.POST or None)
    if kind == Message.Kind.TRANSLATION:
        form.fields["email"].required = True
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if form.is_from_a_program:
                return redirect("contact:sent")
            if not receiving.is_over_limit(request.client_address):
                keep(request, form, kind, record)
                return redirect("contact:sent")
            form.add_error(None, _("We have had several messages from you within an hour. Please try again later."))
            status = 429
    context = {
        "form": form,
        "heading": heading,
        "intro": intro,
        "record": linked(record) if record else None,
        "breadcrumbs": crumbs(heading),
        "meta": Meta(
            title=f"{heading} · CLAVET",
            description=intro,
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
            noindex=record is not None,
        ),
    }
    return render(request, "contact/form.html", context, status=status)


def keep(request: HttpRequest, form: MessageForm, kind: str, record: Record | None) -> Message:
    """Keep what a valid form says."""
    return receiving.receive(
        address=request.client_address,
        kind=kind,
        code_id=record.code_id if record else None,
        language=get_language(),
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        text=form.cleaned_data["text"],
    )


def linked(record: Record) -> SimpleNamespace:
    """The record as a link under its title, in the reader's language where it has one there."""
    language = get_language()
    translations = Translation.objects.current().filter(code_id=record.code_id).defer("document")
    head = reading.choose(record.source_language, translations, language, timezone.now()).head
    return SimpleNamespace(
        code=record.code_id, title=Text(getattr(record, f"title_{head}"), head, language), url=record.url_in(language)
    )


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    context = {
        "breadcrumbs": crumbs((_("Write to us"), reverse("contact:write")), _("Sent")),
        "meta": Meta(title=f"{_('Thank you, it has arrived')} · CLAVET", noindex=True),
    }
    return render(request, "contact/sent.html", context)
