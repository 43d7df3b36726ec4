"""Nothing that is not public is anywhere in public: every address is walked, with all hidden that there can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from clavet.contact.models import Message
from clavet.languages import CODES
from clavet.mail.addresses import SIGNER
from clavet.mail.models import key_of
from clavet.mail.registry import DIGEST
from clavet.publishing import lifecycle, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Code, Revision, Version
from clavet.vocabulary.models import Concept
from fiches.models import Fiche
from network import contacting
from tests import factories

pytestmark = pytest.mark.django_db
MARKER = re.compile(r"zz[a-z]+zz", re.IGNORECASE)
# Letters by chance, among which the mark may turn up.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def marked(word: str, **changes: object) -> dict:
    """A complete document with an unmistakable word in every text and row, and in its file."""
    mark = f"zz{word}zz"
    body = factories.document(
        mark,
        sources=[factories.source("s1", title=f"{mark} source", link=f"https://example.org/{mark}")],
        indicators=[factories.indicator("i1")],
        attachments=[factories.attachment("a1", factories.pdf(mark), "form.pdf")],
        **changes,
    )
    texts = dict.fromkeys((spec.name for spec in Fiche.shape.texts), f"Here is {mark}.")
    texts |= {"title": f"Title {mark}", "indicator.i1.name": f"{mark} places", "attachment.a1.title": f"{mark} form"}
    return {**body, "texts": texts}


def hidden() -> dict[str, Fiche]:
    """Public records beside everything that is not: each hidden text carries a word of its own."""
    factories.pages()
    public = factories.fiche("Public", translations=("el",), related=[])
    # Proposed changes of what is public, in every state that a revision can be in.
    people = factories.coordinator(), factories.coordinator()
    factories.draft(public, "en", marked("draft"), by=people[0])
    factories.submitted(public, "el", factories.translated(marked("submitted"), "el"), by=people[0])
    machine = workflow.open_revision(Fiche.objects.get(pk=public.pk), "tr", actor=people[0], method="machine")
    workflow.save_revision(
        machine, factories.translated(marked("machine"), "tr"), actor=people[0], seen=0, translator_name="zzrobotzz"
    )
    rejected = factories.submitted(public, "it", factories.translated(marked("rejected"), "it"), by=people[0])
    workflow.reject_revision(rejected, actor=people[1], reason="zzreasonzz")
    given_up = factories.draft(public, "hr", factories.translated(marked("given"), "hr"), by=people[0])
    workflow.withdraw_revision(given_up, actor=people[0], reason="zzgivenupzz")

    # A record that nobody has published, related to the public one, and one that was withdrawn.
    unpublished = factories.unpublished(by=people[0])
    factories.submitted(unpublished, "en", marked("unpublished", topics=["guidance"]), by=people[0])
    withdrawn = factories.accepted(factories.unpublished(by=people[0]), "en", marked("withdrawn", topics=["schools"]))
    factories.draft(withdrawn, "el", factories.translated(marked("draftofwithdrawn"), "el"), by=people[0])
    lifecycle.withdraw_record(withdrawn, actor=OPERATOR, reason="A person asked us to.")
    merged = factories.accepted(factories.unpublished(by=people[0]), "en", marked("merged"))
    lifecycle.merge_record(merged, public, actor=OPERATOR, reason="zzwhymergedzz")

    # A record whose first version was withheld, with a translation of it that was live until then.
    withheld = factories.accepted(
        factories.unpublished(by=people[0]), "en", marked("withheld"), change_note={"en": "zznotezz"}
    )
    factories.translate(withheld, "el", text=factories.translated(marked("withheldtranslation"), "el"))
    factories.translate(withheld, "tr", text=factories.translated(marked("liveuntilthen"), "tr"))
    factories.renew(withheld, body=factories.document("Clean", related=[unpublished.code_id, withdrawn.code_id]))
    factories.translate(withheld, "el")
    lifecycle.withhold_version(
        Version.objects.get(code=withheld.code, number=1), actor=OPERATOR, why="privacy", note="zzinternalzz"
    )
    factories.coordinator(name="zzcolleaguezz")
    Message.objects.create(text="zzmessagezz", name="zzsenderzz", language="en", sender_digest="x", note="zznotetoozz")
    # Two members who show their names to members only, and what one wrote to the other.
    place = factories.authority()
    reader, writer = (factories.author_of(place, name=f"zz{name}zz") for name in ("memberone", "membertwo"))
    written = contacting.write(reader.member, writer=writer, text="zzlettertomemberzz", language="en")
    contacting.report(written, actor=reader, reason="zzreportedzz")
    return {
        "public": public,
        "unpublished": unpublished,
        "withdrawn": withdrawn,
        "merged": merged,
        "withheld": withheld,
    }


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every address pattern of the portal, the admin's apart."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def fillings(records: dict[str, Fiche]) -> dict[str, list[str]]:
    """What to put into the places of a pattern: everything that exists, hidden or not."""
    return {
        "code": [record.code_id for record in records.values()],
        "slug": ["public", "-"],
        "number": ["1", "2"],
        "revision_id": [str(Revision.objects.filter(state=state).latest("pk").pk) for state in Revision.State],
        "row": ["a1"],
        "name": ["form.pdf"],
        "topic": ["apprenticeships", "guidance", "schools"],
        "concept_id": list(Concept.objects.values_list("pk", flat=True)),
        "format_name": ["ttl", "jsonld"],
        "path": ["css/base.css"],
        "pk": ["1"],
        "remark_id": ["1"],
        "token": ["nothing", SIGNER.sign_object([key_of("reader@example.org"), DIGEST])],
    }


def addresses(records: dict[str, Fiche]) -> Iterator[str]:
    """Every address that follows from the patterns, in all nine languages."""
    known = fillings(records)
    citations = ["en.bib", "el.ris", "tr.json"]
    for pattern in patterns(get_resolver()):
        filled = [pattern]
        while any("<" in item for item in filled):
            place = re.search(r"<(?:\w+:)?(\w+)>", next(item for item in filled if "<" in item))
            assert place is not None
            assert place[1] in known, f"a new kind of address: say what to put into {pattern}"
            values = citations if "/cite/" in pattern and place[1] == "name" else known[place[1]]
            filled = [item.replace(place[0], value) for item in filled for value in values]
        for item in filled:
            path = "/" + item.removeprefix("^").removesuffix("$").removesuffix("\\Z").replace("\\", "")
            if path[1:3] in CODES and path[3] == "/":
                yield from (f"/{code}{path[3:]}" for code in CODES)
            else:
                yield path


QUERIES = ("?language=tr", "?topic=guidance", "?topic=schools", "?sort=title", "?page=2", "?phase=implementation")


def body_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_nothing_hidden_is_at_any_public_address(tmp_path: Path) -> None:
    records = hidden()
    client = Client()
    walked = sorted(set(addresses(records)))
    walked += [f"/{code}/fiches/{query}" for code in CODES for query in QUERIES]
    assert len(walked) > 500
    served = 0
    for address in walked:
        for accept in (
            ("text/html", "text/turtle", "application/ld+json") if "vocabulary" in address else ("text/html",)
        ):
            response = client.get(address, headers={"accept": accept})
            text = body_of(response) + str(response.headers.get("Location", "")) + str(dict(response.headers))
            assert response.status_code < 500, address
            found = MARKER.findall(TOKEN.sub("", text.replace(address, "")))
            assert not found, f"{address} shows {set(found)}"
            served += response.status_code == 200
    assert served > 200
    path = tmp_path / "all.jsonl"
    call_command("export_fiches", path)
    exported = path.read_text(encoding="utf-8")
    assert not MARKER.findall(exported)
    assert {line.split('"')[3] for line in exported.splitlines()} == {
        records["public"].code_id,
        records["withheld"].code_id,
    }
    folder = path.with_name("all.jsonl.files")
    assert not folder.exists() or not [item for item in folder.iterdir() if b"zz" in item.read_bytes()]


def test_the_walk_would_find_what_is_public(client: Client) -> None:
    factories.pages()
    factories.vocabulary()
    record = factories.accepted(factories.unpublished(), "en", marked("public"))
    for address in ("/en/", "/en/fiches/", record.url_in("en"), "/en/topics/apprenticeships/", "/en/fiches/feed.atom"):
        assert MARKER.search(client.get(address).content.decode()), address
    attached = client.get(f"/en/fiches/{record.code_id}/v/1/files/a1/form.pdf")
    assert MARKER.search(body_of(attached))


def test_what_is_not_public_is_not_counted_either(client: Client) -> None:
    records = hidden()
    page = client.get("/en/fiches/").content.decode()
    assert 'data-total="2"' in page
    assert not factories.facets_of(records["unpublished"])
    assert 'value="guidance"' not in page
    assert 'id="option-language-it"' not in page
    assert "2 fiches" in client.get("/en/").content.decode()


def test_an_unpublished_code_answers_as_one_that_does_not_exist(client: Client) -> None:
    records = hidden()
    here, nowhere = records["unpublished"].code_id, "CF-7777"
    for path in ("/id/{}", "/en/fiches/{}/", "/el/fiches/{}/x/", "/en/fiches/{}/v/1/", "/en/contact/error/{}/"):
        answers = [client.get(path.format(code)) for code in (here, nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        bodies = [
            answer.content.decode().replace(code, "") for answer, code in zip(answers, (here, nowhere), strict=True)
        ]
        assert bodies[0] == bodies[1], path


def test_a_preview_opens_for_those_who_work_on_it_and_for_nobody_else() -> None:
    records = hidden()
    revision = Revision.objects.get(state="draft", language="en", code=records["public"].code)
    address = f"/en/fiches/{revision.code_id}/preview/{revision.pk}/"
    for user in (None, factories.person(), factories.superuser(), factories.administrator()):
        client = Client()
        if user:
            client.force_login(user)
        assert client.get(address).status_code == 404, user
    client = Client()
    client.force_login(factories.coordinator())
    answer = client.get(address)
    assert MARKER.search(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_a_revision_is_not_previewed_under_another_records_code(client: Client) -> None:
    records = hidden()
    revision = Revision.objects.get(state="draft", language="en", code=records["public"].code)
    client.force_login(factories.coordinator())
    assert client.get(f"/en/fiches/{records['withheld'].code_id}/preview/{revision.pk}/").status_code == 404


def test_every_address_of_the_admin_sends_visitors_to_the_log_in(client: Client) -> None:
    records = hidden()
    for model, model_admin in admin.site._registry.items():
        for entry in model_admin.get_urls():
            route = str(entry.pattern)
            path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{route}"
            path = re.sub(r"<[\w:]*language>", "en", re.sub(r"<slug:step>", "archive", path))
            path = re.sub(r"<[^>]+>", str(records["public"].pk), path)
            response = client.get(path)
            assert response.status_code in (302, 404), path
            if response.status_code == 302:
                assert "/admin/login/" in response["Location"] or response["Location"].startswith("/admin/"), path


def test_codes_of_hidden_records_are_kept_and_lead_nowhere_they_should_not(client: Client) -> None:
    records = hidden()
    assert client.get(f"/id/{records['merged'].code_id}").status_code == 301
    assert client.get(f"/id/{records['withdrawn'].code_id}").status_code == 410
    assert Code.objects.filter(value=records["unpublished"].code_id).exists()
