"""The addresses that programs call, and requests that a browser does not make."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rdflib import Graph

from clavet.languages import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

ATOM = "{http://www.w3.org/2005/Atom}"
# One address of every kind, and what it is made of.
ADDRESSES = {
    "/en/": "text/html",
    "/el/fiches/": "text/html",
    "/tr/fiches/?kind=policy_tool&page=2": "text/html",
    "/hr/topics/": "text/html",
    "/it/topics/apprenticeship/": "text/html",
    "/ro/about/": "text/html",
    "/nl/partners/": "text/html",
    "/fr/contact/": "text/html",
    "/es/contact/sent/": "text/html",
    "/en/contact/error/CF-0001/": "text/html",
    "/en/contact/translation/CF-0013/": "text/html",
    "/en/fiches/CF-0003/v/1/": "text/html",
    "/en/fiches/CF-0001/v/1/cite/en.bib": "application/x-bibtex",
    "/el/fiches/CF-0001/v/1/cite/el.ris": "application/x-research-info-systems",
    "/tr/fiches/CF-0001/v/1/cite/tr.json": "application/vnd.citationstyles.csl+json",
    "/en/fiches/CF-0007/v/1/files/a1/worksheet.csv": "text/csv",
    "/hr/fiches/table.csv": "text/csv",
    "/el/practices/table.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/en/fiches/feed.atom": "application/atom+xml",
    "/el/fiches/feed/apprenticeship.atom": "application/atom+xml",
    "/vocabulary.ttl": "text/turtle",
    "/vocabulary.jsonld": "application/ld+json",
    "/vocabulary/apprenticeship.ttl": "text/turtle",
    "/vocabulary/apprenticeship.jsonld": "application/ld+json",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain",
    "/.well-known/security.txt": "text/plain",
    "/healthz": None,
}
FORMS = {address for address in ADDRESSES if "/contact/" in address and "/sent/" not in address}


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_kind_of_address_answers_with_what_it_is_made_of(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 200
    if ADDRESSES[address]:
        assert response["Content-Type"].partition(";")[0] == ADDRESSES[address]
    assert b"".join(response)
    assert list(response.cookies) in ([], ["csrftoken"] if address in FORMS else [])


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_says_the_same_as_get_without_a_body(address: str, client: Client) -> None:
    asked, read = client.head(address), client.get(address)
    assert asked.status_code == 200
    assert asked["Content-Type"] == read["Content-Type"]
    assert b"".join(asked) == b""
    assert b"".join(read)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_method_that_means_nothing_here_is_refused(address: str, client: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "BREW"):
        response = client.generic(method, address)
        assert response.status_code == 405, method
        assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", sorted(set(ADDRESSES) - FORMS))
def test_nothing_is_posted_where_there_is_no_form(address: str, client: Client) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("path", ["/de/", "/xx/fiches/", "/en-us/", "/EN/", "/el/el/", "/eng/topics/"])
def test_a_language_that_is_not_ours_has_no_pages(path: str, client: Client) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert b"<h1>" in response.content


@pytest.mark.parametrize(("wanted", "given"), [("el,en;q=0.5", "el"), ("tr-TR", "tr"), ("de", "en"), ("", "en")])
def test_the_bare_address_leads_to_the_language_that_is_asked_for(wanted: str, given: str, client: Client) -> None:
    response = client.get("/", headers={"accept-language": wanted})
    assert response.status_code == 302
    assert response["Location"] == f"/{given}/"
    assert "Accept-Language" in response["Vary"]


def test_the_permanent_address_of_a_fiche_leads_to_its_page_in_the_reader_s_language(client: Client) -> None:
    response = client.get("/id/CF-0001", headers={"accept-language": "hr"}, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"].startswith("/hr/fiches/CF-0001/")
    assert client.get("/id/CF-9999").status_code == 404


def test_robots_are_shown_the_sitemap_and_kept_out_of_endless_filters(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /*?"} <= set(lines)


def test_security_txt_names_a_page_that_answers_and_is_valid_for_less_than_thirteen_months(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line)
    assert client.get(fields["Contact"].removeprefix(settings.SITE_URL)).status_code == 200
    left = datetime.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert datetime.timedelta(days=300) < left < datetime.timedelta(days=396)


def test_the_sitemap_gives_each_page_in_every_language_that_it_has(client: Client) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    urls = root.findall("s:url", names)
    found = [url.findtext("s:loc", "", names) for url in urls]
    assert len(found) == len(set(found))
    for url in urls:
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        assert url.findtext("s:loc", "", names) in alternates.values()
        assert set(alternates.values()) <= set(found)
    assert {address.split("/")[3] for address in found} == set(CODES)


@pytest.mark.parametrize("language", CODES)
def test_the_feed_is_atom_in_its_language_and_marks_entries_that_are_in_another(language: str, client: Client) -> None:
    root = ElementTree.fromstring(client.get(f"/{language}/fiches/feed.atom").content)  # noqa: S314 - our own
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(xml_lang) == language
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) > 12
    foreign = {entry.findtext(f"{ATOM}id", "")[-7:]: entry.get(xml_lang) for entry in entries if entry.get(xml_lang)}
    assert foreign.get("CF-0013") == (None if language in ("el", "en") else "el")


def test_the_vocabulary_goes_out_whole_in_both_forms(client: Client) -> None:
    turtle = Graph().parse(data=client.get("/vocabulary.ttl").content, format="turtle")
    data = json.loads(client.get("/vocabulary.jsonld").content)
    assert len(turtle) > 100 * len(CODES)
    assert len(Graph().parse(data=json.dumps(data), format="json-ld")) == len(turtle)


@pytest.mark.parametrize(
    ("accept", "end"), [("text/turtle", ".ttl"), ("application/ld+json", ".jsonld"), ("text/html", "/")]
)
def test_the_address_of_a_concept_gives_each_what_it_asks_for(accept: str, end: str, client: Client) -> None:
    response = client.get("/vocabulary/apprenticeship", headers={"accept": accept})
    assert response.status_code == 302
    assert response["Location"].endswith(f"apprenticeship{end}")
    assert "Accept" in response["Vary"]
