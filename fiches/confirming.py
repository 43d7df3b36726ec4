"""Who answers for what a published fiche says: the coordinators who published it."""

from __future__ import annotations

from django.urls import reverse

from clavet.accounts.models import User
from clavet.accounts.roles import is_coordinator
from clavet.publishing.confirming import Asking
from clavet.publishing.models import Version
from fiches.models import Fiche


def owners(fiche: Fiche) -> list[User]:
    """Who began a fiche and who accepted what it says now, if they still are coordinators."""
    version = Version.objects.filter(code_id=fiche.code_id, number=fiche.version).select_related("accepted_by").first()
    people = {person.pk: person for person in (fiche.owner, version and version.accepted_by) if person}
    return [person for person in people.values() if is_coordinator(person)]


def revise_url(fiche: Fiche) -> str:
    """Its dossier."""
    return reverse("admin:fiches_fiche_change", args=[fiche.pk])


ASKING = Asking(owners, lambda _user: None, revise_url)
