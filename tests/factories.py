"""People and records for tests, made by the functions that the portal itself uses."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.utils import timezone
from PIL import Image

from clavet.accounts.models import User
from clavet.accounts.roles import ADMINISTRATOR, COORDINATOR, ensure_roles
from clavet.accounts.second_factor import give_app
from clavet.languages import CODES
from clavet.pages.models import Page
from clavet.publishing import codes, files, workflow
from clavet.publishing.models import Record, Revision, StoredFile
from clavet.publishing.models.revisions import Method, Part
from clavet.search import facet_store
from clavet.search.positions import position_of
from clavet.vocabulary.models import AlternativeLabel, Concept
from fiches.models import Fiche
from network.models import Authority, Member, Membership

NUMBERS = count(1)
# The key of everybody's authenticator app.
SECRET = "JBSWY3DPEHPK3PXP"
DAY = datetime.timedelta(days=1)


# ---------------------------------------------------------------- people


def person(*roles: str, second_factor: bool = True, **fields: Any) -> User:
    """Somebody with an account and these roles; staff with the second factor that staff has to have."""
    ensure_roles()
    number = next(NUMBERS)
    user = User.objects.create_user(
        f"person{number}@example.org", name=fields.pop("name", f"Person {number}"), **fields
    )
    user.groups.add(*Group.objects.filter(name__in=roles))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if user.is_staff and second_factor:
        give_app(user, SECRET)
    return user


def code_of(user: User) -> str:
    """What the authenticator app of somebody on the staff shows now."""
    return code_for(SECRET)


def code_for(secret: str) -> str:
    """What an authenticator app with this key shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def coordinator(**fields: Any) -> User:
    """Somebody who publishes."""
    return person(COORDINATOR, **{"is_staff": True, **fields})


def administrator(**fields: Any) -> User:
    """Somebody who keeps accounts, and does not publish."""
    return person(ADMINISTRATOR, **{"is_staff": True, **fields})


def authority(name: str = "Comune di Prova", **fields: Any) -> Authority:
    """An authority that is a member of the network."""
    fields = {"status": Authority.Status.MEMBER, "own_language": "it", "country": "IT", **fields}
    return Authority.objects.create(code=codes.allot("AU"), own_name=name, **fields)


def member_of(place: Authority, *roles: str, role: str = Membership.Role.MEMBER, **fields: Any) -> User:
    """Somebody with a place in an authority."""
    return belongs(person(*roles, **fields), place, role)


def belongs(user: User, place: Authority, role: str = Membership.Role.AUTHOR) -> User:
    """``user`` has a place in an authority from now on; what was remembered on the account is of before."""
    member, _new = Member.objects.get_or_create(account=user)
    Membership.objects.create(member=member, authority=place, role=role, joined_on=timezone.localdate())
    return User.objects.get(pk=user.pk)


def author_of(place: Authority, **fields: Any) -> User:
    """Somebody who writes for an authority."""
    return member_of(place, role=Membership.Role.AUTHOR, **fields)


def superuser(**fields: Any) -> User:
    """Django's all-powerful account, without any role of ours."""
    return person(**{"is_staff": True, "is_superuser": True, **fields})


def as_(user: User | AnonymousUser) -> Client:
    """A browser of whoever is logged in; a visitor's, if it is nobody."""
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


# ---------------------------------------------------------------- vocabulary


def concept(key: str, *, broader: tuple[str, ...] = (), label: str = "") -> Concept:
    """A concept with a label of its own in each language."""
    label = label or key.replace("-", " ")
    values = {f"preferred_{code}": f"{label} ({code})" for code in CODES}
    values |= {f"definition_{code}": f"What {label} means ({code})." for code in CODES}
    found, _new = Concept.objects.get_or_create(pk=key, defaults=values)
    found.broader.set(broader)
    return found


def vocabulary() -> None:
    """A small thesaurus: three tops, two levels below one of them."""
    concept("vet", label="vocational training")
    concept("apprenticeships", broader=("vet",))
    concept("company-apprenticeships", broader=("apprenticeships",))
    concept("schools")
    concept("early-leaving", broader=("schools",))
    concept("guidance")
    AlternativeLabel.objects.get_or_create(concept_id="vet", language="en", text="VET")


# ---------------------------------------------------------------- documents


def document(title: str = "A workshop bus", **changes: Any) -> dict[str, Any]:
    """A complete source document of a fiche. ``changes`` go into the neutral part; ``texts``, ``indicators``,
    ``sources``, ``steps`` and ``attachments`` replace what they name."""
    texts = {
        "title": title,
        "summary": f"{title}, in short.",
        "context": f"Why {title} was needed.",
        "what_was_done": f"How {title} came about.\n\n### Step by step\n\n- plan\n- do",
        "results": f"What came of {title}.",
        "what_did_not_work": "The first timetable, because nobody had asked the schools.",
        "lessons": "Ask the schools first.",
        "how_to_transfer": "Begin with one school.",
        **changes.pop("texts", {}),
    }
    children = {
        "indicators": changes.pop("indicators", []),
        "sources": changes.pop("sources", [source("s1")]),
        "steps": changes.pop("steps", []),
        "attachments": changes.pop("attachments", []),
    }
    neutral = {
        "kind": "best_practice",
        "topics": ["apprenticeships"],
        "phases": ["implementation"],
        "sectors": ["initial_vet"],
        "target_groups": ["apprentices"],
        "governance_level": "municipal",
        "countries": ["GR"],
        "licence": "CC-BY-4.0",
        **changes,
    }
    return {"texts": {key: text for key, text in texts.items() if text}, "neutral": neutral, "children": children}


def source(key: str, **changes: Any) -> dict[str, Any]:
    """A source that a fiche rests on."""
    return {
        "id": key,
        "type": "report",
        "title": "Annual report",
        "language": "en",
        "publisher": "A publisher",
        "year": 2024,
        "link": "https://example.org/report",
        **changes,
    }


def indicator(key: str, **changes: Any) -> dict[str, Any]:
    """A figure before and after; its name belongs into the texts as ``indicator.<key>.name``."""
    return {"id": key, "before": "8.9", "after": "12.5", "year": 2024, "source": "s1", **changes}


def translated(source_document: dict[str, Any], language: str) -> dict[str, Any]:
    """Every text of a document with the language written into it."""
    return {"texts": {key: f"{text[:80]} [{language}]" for key, text in source_document["texts"].items()}}


# ---------------------------------------------------------------- records


def draft(record: Record, language: str, body: dict[str, Any], *, by: Any, **fields: Any) -> Revision:
    """An open revision of ``record`` in ``language`` with this text."""
    revision = workflow.open_revision(Fiche.objects.get(pk=record.pk), language, actor=by)
    return workflow.save_revision(revision, body, actor=by, seen=revision.saved, **fields)


def submitted(record: Record, language: str, body: dict[str, Any], *, by: Any, **fields: Any) -> Revision:
    """The same, waiting for a decision."""
    return workflow.submit_revision(draft(record, language, body, by=by, **fields), actor=by)


def accepted(
    record: Record,
    language: str,
    body: dict[str, Any],
    *,
    by: Any = None,
    accepted_by: Any = None,
    significance: str = "",
    now: datetime.datetime | None = None,
    change_note: dict[str, str] | None = None,
    **fields: Any,
) -> Fiche:
    """A text that went the whole way: written by one coordinator, accepted by another."""
    revision = submitted(record, language, body, by=by or coordinator(), **fields)
    return workflow.accept_revision(
        revision,
        actor=accepted_by or coordinator(),
        significance=significance,
        now=now,
        change_note=change_note,
    )


def unpublished(*, source_language: str = "en", by: Any = None) -> Fiche:
    """A record that has a code and nothing public."""
    return workflow.create_record(Fiche, actor=by or coordinator(), source_language=source_language)


def fiche(
    title: str = "A workshop bus",
    *,
    translations: tuple[str, ...] = (),
    source_language: str = "en",
    now: datetime.datetime | None = None,
    body: dict[str, Any] | None = None,
    **changes: Any,
) -> Fiche:
    """A published fiche with complete translations."""
    vocabulary()
    writer, reader = coordinator(), coordinator()
    record = unpublished(source_language=source_language, by=writer)
    body = body or document(title, **changes)
    record = accepted(record, source_language, body, by=writer, accepted_by=reader, now=now)
    for language in translations:
        record = translate(record, language, by=writer, accepted_by=reader, now=now)
    return record


def translate(
    record: Record,
    language: str,
    *,
    part: str = Part.FULL,
    method: str = Method.HUMAN,
    version: int | None = None,
    text: dict[str, Any] | None = None,
    by: Any = None,
    accepted_by: Any = None,
    now: datetime.datetime | None = None,
    translator: str = "",
) -> Fiche:
    """An accepted translation of ``version`` (the latest one by default)."""
    number = version or Fiche.objects.get(pk=record.pk).version
    original = record.code.versions.get(number=number).document
    return accepted(
        record,
        language,
        text or translated(original, language),
        by=by,
        accepted_by=accepted_by,
        now=now,
        part=part,
        method=method,
        translator_name=translator,
        base_version=number,
    )


def renew(
    record: Record, significance: str = "major", *, now: datetime.datetime | None = None, **changes: Any
) -> Fiche:
    """The next version of a fiche."""
    record = Fiche.objects.get(pk=record.pk)
    note = changes.pop("change_note", None)
    body = changes.pop("body", None) or document(
        changes.pop("title", f"{record.source_title}, version {record.version + 1}"), **changes
    )
    return accepted(record, record.source_language, body, significance=significance, now=now, change_note=note)


def facets_of(record: Record) -> dict[str, set[str]]:
    """By what lists find a record: the values of each facet. Empty for what they don't."""
    position = position_of(record.code_id)
    found: dict[str, set[str]] = {}
    for name, values in facet_store.positions().items():
        for value, positions in values.items():
            if position in positions:
                found.setdefault(name, set()).add(value)
    return found


def long_ago(days: int = 100) -> datetime.datetime:
    """A moment so many days before now."""
    return timezone.now() - days * DAY


# ---------------------------------------------------------------- files


def pdf(text: str = "A form") -> bytes:
    """A file that begins and ends as a PDF does."""
    return b"%PDF-1.7\n% " + text.encode() + b"\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"


def packed(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A packed archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            # The same bytes whenever they are made: files are told apart by their digest.
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return stream.getvalue()


def docx(**more: bytes) -> bytes:
    """A packed document that is a Word file as far as anybody looks."""
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **more})


def odt(**more: bytes) -> bytes:
    """A packed document that is an OpenDocument text."""
    mimetype = b"application/vnd.oasis.opendocument.text"
    return packed({"mimetype": mimetype, "content.xml": b"<office/>", **more}, compression=zipfile.ZIP_STORED)


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "PNG")
    return stream.getvalue()


def stored(content: bytes, name: str) -> StoredFile:
    """A file that was checked and kept."""
    return files.store(io.BytesIO(content), name)


def attachment(key: str, content: bytes, name: str, language: str = "en") -> dict[str, Any]:
    """A row for an attachment whose content is stored."""
    return {"id": key, "file": stored(content, name).pk, "name": name, "language": language}


# ---------------------------------------------------------------- pages


def pages() -> None:
    """Every editable page, in all languages."""
    guides = ("guide-writing", "guide-review", "guide-criteria")
    for slug in ("home", "about", "partners", "help", "accessibility", "privacy", "legal", *guides):
        values = {f"title_{code}": f"{slug} ({code})" for code in CODES}
        values |= {f"summary_{code}": f"About {slug} ({code})." for code in CODES}
        values |= {f"body_{code}": f"## {slug} ({code})\n\nWords." for code in CODES}
        Page.objects.update_or_create(slug=slug, defaults=values)
