"""The sample content of ``data/``: founding partners, fiches, and accounts to try the admin with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from clavet.accounts.models import User
from clavet.accounts.roles import ADMINISTRATOR, COORDINATOR, ensure_roles
from clavet.accounts.second_factor import give_app
from clavet.library.samples import load_folders, load_records, remove_records
from clavet.mail.models import Email
from clavet.publishing import effects
from fiches.models import Fiche
from network import sample as authorities
from practices.models import Practice
from practices.sample import remove_adoptions, remove_cases

ACCOUNTS = (
    ("coordinator@example.org", "Example Coordinator", COORDINATOR),
    ("second.coordinator@example.org", "Second Example Coordinator", COORDINATOR),
    ("administrator@example.org", "Example Administrator", ADMINISTRATOR),
)


def load_fiches(folder: Path) -> int:
    """Load the fiches below ``folder`` whose codes are still free; returns how many. Nothing that stands is changed."""
    return load_records(Fiche, folder, "fiche.json")


def load_practices(folder: Path) -> int:
    """Load the practices below ``folder`` whose codes are still free; returns how many."""
    return load_records(Practice, folder, "practice.json")


def load_practice(folder: Path) -> int:
    """Load one practice from its folder, if its code is still free."""
    return load_folders(Practice, [folder], "practice.json")


# ---------------------------------------------------------------- accounts


def load_accounts(path: Path, people: list[dict[str, Any]]) -> int:
    """Make the sample accounts, those of staff and those of ``people``, with passwords of chance, written to ``path``
    (for its owner only); returns how many, none if they stand already."""
    if User.objects.filter(is_sample=True).exists():
        return 0
    ensure_roles()
    lines = []
    for email, name, role in ACCOUNTS:
        user, password = make_account(email, name, [role], is_staff=True)
        give_app(user)
        lines.append(f"{email}  {password}  ({role})\n")
    for person in people:
        roles = person.get("roles", [])
        _user, password = make_account(person["email"], person["name"], roles, language=person["language"])
        lines.append(f"{person['email']}  {password}  ({', '.join(roles) or person['role']})\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.writelines(lines)
    return len(lines)


def make_account(email: str, name: str, roles: list[str], **fields: Any) -> tuple[User, str]:
    """An account of the sample with these roles and a password of chance."""
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(email, password, name=name, is_sample=True, **fields)
    user.groups.add(*Group.objects.filter(name__in=roles))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, password


# ---------------------------------------------------------------- away with it


@transaction.atomic
def remove() -> dict[str, int]:
    """Remove all sample and synthetic content: records with their history, codes, accounts. Returns what went, by
    kind."""
    remove_adoptions()
    remove_cases()
    gone = remove_records()
    Email.objects.filter(user__is_sample=True).delete()
    people = list(User.objects.filter(is_sample=True).values_list("pk", flat=True))
    for some in effects.batched(people):
        User.objects.filter(pk__in=some).delete()
    number = authorities.remove()
    effects.rebuild_all()
    return {
        "fiches": len(gone["CF"]),
        "practices": len(gone["BP"]),
        "authorities": number,
        "accounts": len(people),
    }
