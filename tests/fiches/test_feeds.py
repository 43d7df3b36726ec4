"""Atom feeds, and the way to cite a fiche."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from clavet.languages import CODES
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from fiches.models import Fiche
from tests import factories
from tests.fiches.pages import by_id, text_of, tree

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: Client, path: str = "/en/fiches/feed.atom") -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


@pytest.mark.parametrize("language", CODES)
def test_there_is_a_valid_feed_in_every_language(language: str, client: Client) -> None:
    factories.fiche("Plain & <simple>", translations=("el",))
    root = feed(client, f"/{language}/fiches/feed.atom")
    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG) == language
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://testserver/{language}/fiches/feed.atom"
    entry = root.find(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published"):
        assert entry.findtext(f"{ATOM}{name}"), name
    assert entry.find(f"{ATOM}author/{ATOM}name") is not None
    for name in ("updated", "published"):
        assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")).tzinfo


def test_an_entry_says_its_language_where_it_is_not_that_of_the_feed(client: Client) -> None:
    factories.fiche("Translated", translations=("el",), now=factories.long_ago(2))
    factories.fiche("Missing", now=factories.long_ago(3))
    entries = feed(client, "/el/fiches/feed.atom").findall(f"{ATOM}entry")
    found = [(entry.findtext(f"{ATOM}title"), entry.get(LANG)) for entry in entries]
    assert found == [("Translated [el]", None), ("Missing", "en")]


def test_the_id_of_an_entry_stays_when_its_title_changes(client: Client) -> None:
    record = factories.fiche()
    factories.renew(record, title="Another title")
    entry = feed(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/id/{record.code_id}"
    assert entry.findtext(f"{ATOM}title") == "Another title"


def test_the_feed_of_a_topic_has_what_is_on_it_or_narrower(client: Client) -> None:
    narrow = factories.fiche("Narrow", topics=["company-apprenticeships", "apprenticeships"])
    factories.fiche("Elsewhere", topics=["guidance"])
    entries = feed(client, "/en/fiches/feed/vet.atom").findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"http://testserver/id/{narrow.code_id}"]
    assert client.get("/en/fiches/feed/unknown.atom").status_code == 404


def test_what_is_archived_leaves_the_feeds_and_an_empty_feed_is_still_one(client: Client) -> None:
    lifecycle.archive_record(factories.fiche(), actor=OPERATOR)
    assert feed(client).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_asks_the_database_as_often_for_one_fiche_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        factories.fiche(f"Number {number}", translations=("el",))
    with django_assert_num_queries(6):
        client.get("/el/fiches/feed.atom")
    with django_assert_num_queries(8):
        client.get("/el/fiches/feed/vet.atom")


# ---------------------------------------------------------------- citing


def cited(client: Client, record: Fiche, form: str, language: str = "en", version: int = 1) -> str:
    response = client.get(f"/en/fiches/{record.code_id}/v/{version}/cite/{language}.{form}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{record.code_id}.{form}"'
    return response.content.decode()


def test_a_fiche_is_cited_in_four_forms_that_agree(client: Client) -> None:
    record = factories.fiche(now=datetime.datetime(2026, 5, 3, 12, tzinfo=datetime.UTC))
    address = f"http://testserver/id/{record.code_id}"
    root = tree(client.get(record.url_in("en")))
    plain = text_of(by_id(root, "cite"))
    assert f"CLAVET (2026). A workshop bus. CLAVET Fiche {record.code_id}, version 1. {address}" in plain
    for link in by_id(root, "cite").findall(".//a"):
        assert client.get(link.get("href")).status_code == 200
    bibtex = cited(client, record, "bib")
    assert f"@misc{{{record.code_id}," in bibtex
    assert "title = {A workshop bus}" in bibtex
    assert "year = {2026}" in bibtex
    assert f"\\url{{{address}}}" in bibtex
    ris = cited(client, record, "ris").split("\r\n")
    assert ris[0] == "TY  - RPRT"
    assert "TI  - A workshop bus" in ris
    assert "DA  - 2026/05/03" in ris
    assert f"UR  - {address}" in ris
    item = json.loads(cited(client, record, "json"))[0]
    assert (item["title"], item["URL"], item["version"]) == ("A workshop bus", address, "1")
    assert item["issued"]["date-parts"] == [[2026, 5, 3]]


def test_a_citation_is_of_the_version_and_the_language_that_it_names(client: Client) -> None:
    record = factories.renew(factories.fiche(translations=("el",)), title="A better bus")
    assert json.loads(cited(client, record, "json", "el"))[0]["title"] == "A workshop bus [el]"
    assert json.loads(cited(client, record, "json", "en"))[0]["title"] == "A workshop bus"
    assert json.loads(cited(client, record, "json", "en", 2))[0]["title"] == "A better bus"


HOSTILE = [
    "50 % more {places} & _cheaper_ #1 at $5 ~ \\input{/etc/passwd} ^",
    "A title\nER  - \nTY  - JOUR",
    'Quotes "and" </script> \\',
    "Zeile\u2028zwei\u0085drei",
    "Τίτλος με “εισαγωγικά”",
    "}}}, note = {x",
]


@pytest.mark.parametrize("heading", HOSTILE)
def test_a_hostile_title_breaks_no_form_of_citation(heading: str, client: Client) -> None:
    record = factories.fiche(heading)
    ris = cited(client, record, "ris")
    assert [line[:2] for line in ris.split("\r\n") if line] == ["TY", "AU", "TI", "PY", "DA", "M1", "LA", "UR", "ER"]
    assert len(ris.splitlines()) == 9
    bibtex = cited(client, record, "bib")
    title = next(line for line in bibtex.splitlines() if line.startswith("  title = {"))
    assert title.endswith("},")
    inner = title[len("  title = {") : -2]
    for sign in "%&#$_":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", inner), inner
    assert depth_never_below_zero(inner)
    assert json.loads(cited(client, record, "json"))[0]["title"] == Fiche.objects.get().title_en
    assert client.get(record.url_in("en")).status_code == 200


def depth_never_below_zero(text: str) -> bool:
    """Whether braces that are not escaped open and close in order."""
    depth = 0
    for sign in re.sub(r"\\[{}]", "", text):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def test_there_is_no_citation_in_another_form_or_language(client: Client) -> None:
    record = factories.fiche()
    for name in ("en.exe", "de.bib", "en", ".bib", "en.__class__", "en.plain", "bib"):
        assert client.get(f"/en/fiches/{record.code_id}/v/1/cite/{name}").status_code == 404, name
