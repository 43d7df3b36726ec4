"""An e-mail filled with examples, to be looked at and never sent."""

from __future__ import annotations

import datetime

from clavet.accounts.models import User
from clavet.mail import addresses
from clavet.mail.models import Email, key_of
from clavet.mail.queueing import rendered_for
from clavet.mail.registry import Message
from clavet.mail.samples import PEOPLE


def preview(message: Message, language: str) -> Email:
    """``message`` as a person who reads ``language`` would get it; a row that is in no table."""
    person = User(pk=0, name=PEOPLE[language], email="person@example.org", language=language)
    stop_url = "" if message.essential else addresses.stop_url(key_of(person), message.name, language)
    rendered = rendered_for(message, language, message.sample(language), user=person, stop_url=stop_url)
    return Email(
        message_id=f"preview.{message.name}.{language}@{addresses.host()}",
        name=message.name,
        address=person.email,
        language=language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        stop_url=stop_url,
        created_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
