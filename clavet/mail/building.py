"""From a row of the queue to what goes over the wire."""

from __future__ import annotations

from email.utils import format_datetime

from django.core.mail import EmailMultiAlternatives

from clavet.mail.models import Email


def built(email: Email) -> EmailMultiAlternatives:
    """The e-mail with its headers; the same at every attempt. ``ValueError`` for a header that cannot be."""
    headers = {
        "Message-ID": f"<{email.message_id}>",
        "Date": format_datetime(email.created_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": email.language,
    }
    if email.stop_url:
        headers["List-Unsubscribe"] = f"<{email.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(email.subject, email.text, to=[email.address], headers=headers)
    message.attach_alternative(email.html, "text/html")
    return message
