"""What all pages share: languages, head, errors, addresses for machines, the safe rendering of long texts."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.test import Client, RequestFactory
from hypothesis import given, settings as hypothesis_settings, strategies as st

from clavet.languages import CODES, LANGUAGES
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.web.markdown import TAGS, render
from clavet.web.meta import json_ld
from clavet.web.middleware import ClientAddressMiddleware
from clavet.web.sections import read_sections
from fiches.models import Fiche
from tests import factories
from tests.fiches.pages import links, text_of, tree

PUBLIC = ("", "fiches/", "topics/", "about/", "partners/", "help/", "accessibility/", "privacy/", "legal/")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


# ---------------------------------------------------------------- every page


@pytest.mark.django_db
@pytest.mark.parametrize("language", CODES)
def test_every_public_page_is_in_its_language_sets_no_cookie_and_asks_nobody_else(
    language: str, client: Client
) -> None:
    factories.pages()
    factories.fiche(translations=("el",))
    for path in PUBLIC:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 200, path
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path
        root = tree(response)
        assert root.get("lang") == language, path
        for element in root.iter():
            for name in ("src", "srcset", "poster", "data", "action"):
                assert not element.get(name, "").startswith(("http", "//")), (path, element.tag, name)
            if element.tag == "link" and element.get("rel") in ("stylesheet", "icon", "preload", "preconnect"):
                assert element.get("href").startswith("/static/"), path
            assert "style" not in element.attrib, (path, element.tag)
            assert not [name for name in element.attrib if name.startswith("on")], (path, element.tag)


@pytest.mark.django_db
def test_every_page_is_sent_with_a_strict_policy(client: Client) -> None:
    response = client.get("/en/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_the_language_menu_leads_to_the_same_page_under_the_languages_own_names(path: str, client: Client) -> None:
    factories.pages()
    root = tree(client.get(f"/el/{path}"))
    menu = {
        (link.get("hreflang"), link.get("lang"), text_of(link)): link.get("href")
        for link in root.findall(".//ul[@class='language-list']//a")
    }
    assert menu == {(code, code, name): f"/{code}/{path}" for code, name in LANGUAGES}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("el", "/el/"), ("de, tr;q=0.3", "/tr/"), ("de", "/en/"), ("", "/en/"), ("ro-MD", "/ro/")],
)
def test_the_bare_address_leads_to_the_readers_language(accepted: str, expected: str, client: Client) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, expected)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "fiches/", "topics/", "about/", "contact/sent/", "fiches/feed.atom"])
def test_a_page_to_read_takes_nothing_else_than_reading(path: str, client: Client) -> None:
    factories.pages()
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(f"/en/{path}").status_code == 405, method
    assert client.head(f"/en/{path}").status_code == 200


# ---------------------------------------------------------------- errors


@pytest.mark.django_db
@pytest.mark.parametrize("language", CODES)
def test_a_page_that_does_not_exist_helps_on_in_the_readers_language(language: str, client: Client) -> None:
    factories.fiche()
    response = client.get(f"/{language}/nowhere/")
    assert response.status_code == 404
    root = tree(response)
    assert root.get("lang") == language
    hrefs = [link.get("href") for link in root.findall(".//main//a")]
    assert {f"/{language}/", f"/{language}/fiches/", f"/{language}/topics/apprenticeships/"} <= set(hrefs)


@pytest.mark.django_db
def test_an_error_of_ours_is_told_without_a_look_at_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("clavet.library.pages.Listing", broken)
    response = Client(raise_request_exception=False).get("/el/fiches/")
    assert response.status_code == 500
    assert tree(response).get("lang") == "el"
    assert "secret detail" not in response.content.decode()


@pytest.mark.django_db
def test_hosts_that_are_not_ours_are_refused(client: Client) -> None:
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400


# ---------------------------------------------------------------- machines


@pytest.mark.django_db
def test_the_sitemap_lists_public_records_in_just_the_languages_that_they_are_published_in(client: Client) -> None:
    record = factories.fiche("Public", translations=("el", "tr"))
    lifecycle.archive_record(factories.fiche("Archived"), actor=OPERATOR)
    hidden = factories.unpublished()
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = {url.findtext(f"{SITEMAP}loc"): url for url in root.findall(f"{SITEMAP}url")}
    of_fiches = {place for place in places if "/fiches/CF-" in place}
    expected = {code: f"http://testserver{record.url_in(code)}" for code in ("en", "el", "tr")}
    assert of_fiches == set(expected.values())
    for place in of_fiches:
        alternates = {link.get("hreflang"): link.get("href") for link in places[place].findall(f"{XHTML}link")}
        assert alternates == expected
        assert places[place].findtext(f"{SITEMAP}lastmod") == record.changed_at.date().isoformat()
    assert hidden.code_id not in " ".join(places)


@pytest.mark.django_db
def test_every_address_in_the_sitemap_answers_and_calls_itself_canonical(client: Client) -> None:
    factories.pages()
    factories.fiche(translations=("el",))
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    for url in root.findall(f"{SITEMAP}url"):
        place = url.findtext(f"{SITEMAP}loc")
        response = client.get(place.removeprefix("http://testserver"))
        assert response.status_code == 200, place
        assert links(tree(response), "canonical") == {"": place}


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_sitemap_asks_the_database_as_often_for_one_fiche_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        factories.fiche(f"Number {number}", translations=("el",))
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")


@pytest.mark.django_db
def test_crawlers_learn_what_to_leave_and_where_the_sitemap_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.django_db
def test_whoever_finds_a_hole_learns_whom_to_tell(client: Client) -> None:
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines() if line
    )
    assert client.get(lines["Contact"].removeprefix("http://testserver")).status_code == 200
    expires = datetime.datetime.fromisoformat(lines["Expires"])
    assert datetime.timedelta(days=30) < expires - datetime.datetime.now(datetime.UTC) < datetime.timedelta(days=400)


# ---------------------------------------------------------------- whose address a request comes from


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        ([], "192.0.2.1", "198.51.100.1", "192.0.2.1"),
        (["10.0.0.1"], "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.1"], "10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.1, 10.9.9.9", "198.51.100.1"),
        (["10.0.0.1"], "192.0.2.1", "198.51.100.1", "192.0.2.1"),
        (["10.0.0.1"], "10.0.0.1", "", "10.0.0.1"),
        (["10.0.0.1"], "10.0.0.1", "nonsense", "10.0.0.1"),
        (["10.0.0.1"], "10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        (["::1"], "::1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_of_a_reader_is_the_nearest_that_is_not_our_proxy(
    proxies: list[str], peer: str, forwarded: str, expected: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})
    assert ClientAddressMiddleware(lambda request: request.client_address)(request) == expected


# ---------------------------------------------------------------- long texts


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# One\n\n## Two\n\n#### Four", "<h3>One</h3>\n<h3>Two</h3>\n<h4>Four</h4>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
    ],
)
def test_the_subset_of_markdown_is_rendered(source: str, html: str) -> None:
    assert render(source) == html


def test_tables_and_links_are_rendered() -> None:
    html = render("| a | b |\n|---|---|\n| 1 | [x](https://example.org/?a=1&b=2) |")
    assert "<td>1</td>" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert 'rel="noopener"' in html


# What people and programs have tried to get through with.
PIECES = [
    "<script>",
    "</script>",
    "<img src=x onerror=a()>",
    "[x](",
    "javascript:a()",
    ")",
    "<a href='data:x'>",
    "](",
    "![",
    "`",
    "```\n",
    "\n\n",
    "# ",
    "|",
    "\n|---|\n",
    "&#106;avascript:",
    "<svg/onload=a()>",
    "\x00",
    "<!--",
    "]]>",
    "x",
    "\\",
    "[r]: vbscript:x\n",
    "<http://a.b>",
    "<style>",
    "*",
]


@hypothesis_settings(max_examples=200, deadline=None, database=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=12,
    ).map("".join)
)
def test_no_text_becomes_anything_but_the_subset(source: str) -> None:
    for element in html5lib.parseFragment(render(source), namespaceHTMLElements=False).iter():
        assert element.tag in TAGS | {"DOCUMENT_FRAGMENT"} or not isinstance(element.tag, str)
        if isinstance(element.tag, str):
            assert set(element.keys()) <= {"href", "rel", "start"}
            # As a browser reads an address: blanks and control signs left out, then a scheme (RFC 3986, 3.1) or none.
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", element.get("href", "")), re.I)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3))
@hypothesis_settings(max_examples=100, deadline=None, database=None)
def test_nothing_in_json_ld_ends_the_script_that_holds_it(data: dict[str, str]) -> None:
    text = json_ld({**data, "x": "</script><!--"})
    assert "<" not in text
    assert json.loads(text) == {**data, "x": "</script><!--"}


def test_sections_are_read_as_they_stand() -> None:
    assert read_sections("== title\n A \n== body\n\nb\n\nc\n") == {"title": "A", "body": "b\n\nc"}
    assert read_sections("== a\r\nx\r\n== b.c-d_e\r\ny") == {"a": "x", "b.c-d_e": "y"}
    assert read_sections("") == {}


@pytest.mark.django_db
def test_the_home_page_shows_the_cycle_with_counts_and_what_is_new(client: Client) -> None:
    factories.pages()
    factories.fiche("Older", phases=["monitoring"], now=factories.long_ago())
    newest = factories.fiche("Newest", phases=["monitoring", "formulation"])
    root = tree(client.get("/en/"))
    words = text_of(root.find(".//main"))
    places = [words.index(name) for name in ("Formulation", "Implementation", "Monitoring")]
    assert places == sorted(places)
    for number in ("1 fiche", "0 fiches", "2 fiches"):
        assert number in words
    codes = [card.get("data-code") for card in root.findall(".//article") if card.get("data-code")]
    assert codes == [newest.code_id, Fiche.objects.exclude(pk=newest.pk).get().code_id]
