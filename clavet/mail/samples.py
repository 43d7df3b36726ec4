"""What the preview fills its e-mails with."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from clavet.mail.registry import DIGEST, MESSAGES

# A person of each language, to see how a name stands in its salutation.
PEOPLE = {
    "en": "Mary Walker",
    "es": "María García",
    "fr": "Marie Lambert",
    "it": "Maria Rossi",
    "el": "Μαρία Παπαδοπούλου",
    "hr": "Marija Horvat",
    "nl": "Maria Jansen",
    "ro": "Maria Ionescu",
    "tr": "Meryem Yılmaz",
}
# What somebody may have called a practice.
TITLES = {
    "en": "A bus to the workshops",
    "es": "Un autobús a los talleres",
    "fr": "Un car pour les ateliers",
    "it": "Un autobus per i laboratori",
    "el": "Ένα λεωφορείο για τα εργαστήρια",
    "hr": "Autobus do radionica",
    "nl": "Een bus naar de werkplaatsen",
    "ro": "Un autobuz spre ateliere",
    "tr": "Atölyelere bir otobüs",
}


def digest(language: str) -> dict[str, Any]:
    """A digest of one of each message that can wait."""
    from clavet.mail.rendering import About, render

    about = About(person=PEOPLE[language], site_url=settings.SITE_URL)
    lines = []
    for message in MESSAGES.values():
        if message.can_wait and message.name != DIGEST:
            context = message.sample(language)
            subject = render(message, language, context, about).subject
            lines.append({"subject": subject, "url": context.get("url", settings.SITE_URL)})
    return {"lines": lines, "number": len(lines)}
