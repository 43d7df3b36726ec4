"""The page of preferences, and the page that the foot of every unessential e-mail leads to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clavet.mail import addresses, preferences as chosen, registry
from clavet.mail.forms import PreferencesForm
from clavet.web.crumbs import crumbs
from clavet.web.meta import Meta


@login_required
@never_cache
@require_safe
def to_preferences(request: HttpRequest) -> HttpResponse:
    """``/accounts/mail/``: to the page in the language of the account."""
    with override(request.user.language):
        return redirect("mail:preferences")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Which messages somebody with an account wants to get, and how."""
    form = PreferencesForm(request.user, request.POST if request.method == "POST" else None)
    saved = request.method == "POST" and form.is_valid()
    if saved:
        form.save()
    heading = _("Your e-mails")
    context = {
        "form": form,
        "heading": heading,
        "saved": saved,
        "breadcrumbs": crumbs(heading),
        "meta": Meta(title=f"{heading} · CLAVET", noindex=True),
    }
    return render(request, "mail/preferences.html", context, status=400 if form.errors else 200)


# Without session and CSRF token, as RFC 8058 has it: mail programs press this button for the person. Whoever holds the
# signed address may do so; a GET, which programs that look for viruses send as well, changes nothing.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one message, or take it up again (``undo`` among the data)."""
    about = addresses.read_token(token)
    message = registry.MESSAGES.get(about.name) if about else None
    if about is None or message is None or message.essential or not chosen.is_known(about.recipient):
        raise Http404
    if request.method == "POST":
        change = chosen.resume if "undo" in request.POST else chosen.stop
        change(*about)
    stopped = chosen.is_stopped(*about)
    heading = _("You no longer receive these e-mails") if stopped else _("Stop these e-mails")
    context = {
        "label": message.label,
        "stopped": stopped,
        "resumed": not stopped and request.method == "POST",
        "heading": heading,
        "with_account": about.recipient.startswith("account:"),
        "breadcrumbs": crumbs(heading),
        "meta": Meta(title=f"{heading} · CLAVET", noindex=True),
    }
    return render(request, "mail/stop.html", context)
