"""Pages on which people write to each other without seeing addresses."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clavet.contact.views import linked, public_record
from clavet.desk.access import for_members, to_log_in
from clavet.publishing.errors import WrongState
from clavet.publishing.models import Record
from network import contacting
from network.contacting import Refused
from network.forms import Report, WriteTo
from network.joining import Unusable
from network.joining_views import head, unusable
from network.models import Conversation, Member
from network.rules import may_see_people


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A message to a person whom one sees."""
    return _write_page(request, Member.objects.select_related("account").filter(pk=pk).first())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_about(request: HttpRequest, code: str) -> HttpResponse:
    """A message to the contact of a record."""
    record = public_record(code)
    contact = getattr(record, "contact", None)
    member = Member.objects.select_related("account").filter(pk=contact).first() if contact else None
    return _write_page(request, member, record)


def _write_page(request: HttpRequest, member: Member | None, record: Record | None = None) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    reachable = member is not None and contacting.can_be_reached(member)
    if not reachable or not contacting.may_see(user, member, is_contact=record is not None):
        # Whether there is somebody is told to nobody who may not see her.
        if user is None:
            return _for_members_only(request)
        raise Http404
    if user is not None and user.pk == member.account_id:
        return redirect("network:profile")
    form = WriteTo(request.POST or None, has_account=user is not None)
    if request.method == "POST" and form.is_valid():
        answer = _send(request, form, member, record)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "heading": _("Write to %(name)s") % {"name": member.account.name},
        "intro": _("Both e-mail addresses stay hidden until one of you shows the own."),
        "record": linked(record) if record else None,
        "meta": head(_("Write to a person")),
    }
    return render(request, "contact/form.html", context, status=400 if form.errors else 200)


def _send(request: HttpRequest, form: WriteTo, member: Member, record: Record | None) -> HttpResponse | None:
    """Begin the conversation, and the way on; ``None`` where the form comes again with an error."""
    user = request.user if request.user.is_authenticated else None
    if form.is_from_a_program:
        return redirect("people:sent")
    limited = ratelimit.consume_or_429(request, action="write_person")
    if limited:
        return limited
    # More than a few a day to one address would be a way to pester somebody.
    if user is None and not ratelimit.consume(request, action="write_address", key=form.cleaned_data["address"]):
        return redirect("people:sent")
    try:
        begun = contacting.write(
            member, writer=user, language=get_language(), about=record.code_id if record else "",
            is_contact=record is not None, **form.message,
        )  # fmt: skip
    except Refused:
        form.add_error(None, _("This person takes no messages from you."))
        return None
    if user is None:
        return redirect("people:sent")
    messages.success(request, _("Your message is on its way."))
    return redirect("network:conversation", begun.pk)


def _for_members_only(request: HttpRequest) -> HttpResponse:
    """What a visitor is told who may not write to somebody, whether that person exists or not."""
    return render(
        request,
        "network/members_only.html",
        {"login_url": to_log_in(request)["Location"], "meta": head(_("For members"))},
        status=403,
    )


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "network/written.html", {"step": "sent", "meta": head(_("Sent"))})


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "network/written.html", {"step": "received", "meta": head(_("Thank you"))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms a visitor's address; a GET changes nothing, because mail servers open links, too."""
    try:
        if request.method == "POST":
            contacting.confirm(token)
            return redirect("people:received")
        found = contacting.unconfirmed(token)
    except Unusable:
        return unusable(request)
    context = {"step": "confirm", "address": found.writer_address, "meta": head(_("Confirm your e-mail address"))}
    return render(request, "network/written.html", context)


# ---------------------------------------------------------------- conversations


@for_members
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """The conversations of whoever is logged in."""
    own = Conversation.objects.of(request.user).select_related("member__account")[:100]
    rows = [
        {"conversation": found, "name": _other_side(found, is_member=found.member.account_id == request.user.pk)}
        for found in own
    ]
    context = {"rows": rows, "may_see_people": may_see_people(request.user), "meta": head(_("Messages"))}
    return render(request, "network/conversations.html", context)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; another's answers as one that does not exist."""
    own = Conversation.objects.of(request.user).select_related("member__account", "writer")
    return _conversation_page(request, get_object_or_404(own, pk=pk), "desk/frame.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor's, by the link of the last e-mail."""
    try:
        return _conversation_page(request, contacting.by_link(token), "accounts/entrance.html", by_link=True)
    except Unusable:
        return unusable(request)


def _conversation_page(request: HttpRequest, found: Conversation, frame: str, *, by_link: bool = False) -> HttpResponse:
    actor = None if by_link else request.user
    is_member = actor is not None and found.member.account_id == actor.pk
    step = request.POST.get("step", "answer")
    form = WriteTo(request.POST if request.method == "POST" and step == "answer" else None, has_account=True)
    report = Report(request.POST if request.method == "POST" and step == "report" else None, prefix="report")
    if request.method == "POST":
        limited = ratelimit.consume_or_429(request, action="answer_person")
        answer = limited or _taken(request, found, actor, step, form, report)
        if answer is not None:
            return answer
    context = {
        "frame": frame,
        "conversation": found,
        "letters": letters(found, is_member=is_member),
        "name": _other_side(found, is_member=is_member),
        "is_member": is_member,
        "is_refused": is_member and contacting.is_refused(found),
        "form": form,
        "report": report,
        "meta": head(_("Messages")),
    }
    return render(request, "network/conversation.html", context, status=400 if form.errors or report.errors else 200)


def _taken(request: HttpRequest, found: Conversation, actor: Any, step: str, form: WriteTo, report: Report) -> Any:
    """Do what a form asks for, and go on; ``None`` where the page comes again with an error."""
    try:
        if step == "refuse" and actor is not None:
            contacting.refuse(found, actor=actor)
            messages.success(request, _("You get no more messages from this person."))
        elif step == "report" and report.is_valid():
            contacting.report(found, actor=actor, reason=report.cleaned_data["reason"])
            messages.success(request, _("The coordinators will read these messages."))
        elif step == "answer" and form.is_valid():
            contacting.answer(found, actor=actor, **form.message)
            messages.success(request, _("Your message is on its way."))
        else:
            return None
    except Refused:
        form.add_error(None, _("This person takes no messages from you."))
        return None
    except WrongState:
        form.add_error(None, _("This person is not in the network any more."))
        return None
    return redirect(request.path) if actor is not None else redirect("people:received")


def letters(found: Conversation, *, is_member: bool) -> list[dict[str, Any]]:
    """What was written, each with who wrote it; an address only where its owner shows it."""
    addresses = {True: found.member.account.email, False: found.writer_address}
    names = {True: found.member.account.name, False: found.writer_name}
    return [
        {
            "name": _("You") if letter.from_member == is_member else names[letter.from_member],
            "text": letter.text,
            "at": letter.at,
            "address": addresses[letter.from_member] if letter.shows_address else "",
        }
        for letter in found.messages.all()
    ]


def _other_side(found: Conversation, *, is_member: bool) -> str:
    return found.writer_name if is_member else found.member.account.name
