"""The sample content of ``data/``: founding partners, fiches, and accounts to try the admin with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from clavet.accounts.models import User
from clavet.accounts.roles import ADMINISTRATOR, COORDINATOR, ensure_roles
from clavet.accounts.second_factor import give_app
from clavet.library.samples import load_records, remove_records
from clavet.publishing import effects
from fiches.models import Fiche
from network import sample as authorities
from practices.models import Practice

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


# ---------------------------------------------------------------- accounts


def load_accounts(path: Path) -> bool:
    """Make the sample accounts with passwords of chance, written to ``path`` (for its owner only); ``False`` if they
    stand already."""
    if User.objects.filter(is_sample=True).exists():
        return False
    ensure_roles()
    lines = []
    for email, name, role in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(email, password, name=name, is_staff=True, is_sample=True)
        user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        give_app(user)
        lines.append(f"{email}  {password}  ({role})\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.writelines(lines)
    return True


# ---------------------------------------------------------------- away with it


@transaction.atomic
def remove() -> dict[str, int]:
    """Remove all sample and synthetic content: records with their history, codes, accounts. Returns what went, by
    kind."""
    gone = remove_records()
    number = authorities.remove()
    effects.rebuild_all()
    people = User.objects.filter(is_sample=True)
    accounts = people.count()
    people.delete()
    return {
        "fiches": len(gone["CF"]),
        "practices": len(gone["BP"]),
        "authorities": number,
        "accounts": accounts,
    }
