"""Whatever is typed, pasted or sent: a page that makes sense, never an error of ours."""

from __future__ import annotations

from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from clavet.languages import CODES
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = ("bus", "μαθητεία", "İSTANBUL", "ﬁlière", "学校", "🚌", "")
# Quotes and brackets, every operator of FTS5 and tsquery, SQL, wildcards, paths, control and direction signs.
SIGNS = (
    *"\"'`“«()[]{}*^+-!~:;&|%_\\/?#=<>",
    *("--", "!!", "::", "&&", "||", "//", "<->", "<2>", "@@", "%s", "%(x)s", "\\'", "$1", "$$"),
    *(
        " AND ",
        " OR ",
        " NOT ",
        " NEAR ",
        "NEAR(bus workshop, 2)",
        "title:",
        "{title summary}:",
        "- bus",
        "bus:*",
        ":A",
    ),
    *("' OR 1=1 --", "'; DROP TABLE fiches_fiche; --", '" OR ""="', "1); SELECT pg_sleep(5); --", "UNION SELECT NULL"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "{% debug %}", "../../etc/passwd", "\r\nSet-Cookie: a=b"),
    *("\x00", "\x01\x1f", "\u202e", "\u200f\u200e", "\u00ad", "\ufeff", "\u0301" * 50, "\ud7ff", "\uffff"),
)
LONG = {"a" * 10_000, "bus " * 2_500, '"' * 10_000, "(" * 10_000, "-bus " * 2_000, "ß" * 10_000, "İ" * 10_000}
MIXED = {query for word, sign in product(WORDS, SIGNS) for query in (sign + word, word + sign + word)}
CORPUS = sorted(MIXED | LONG)


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 500


def test_no_query_makes_an_error_on_any_address_of_search() -> None:
    factories.fiche("A bus to the workshop", translations=("el",))
    client = Client(raise_request_exception=True)
    for number, typed in enumerate(CORPUS):
        language = CODES[number % len(CODES)]
        for path in (f"/{language}/search/", f"/{language}/search/suggestions"):
            response = client.get(path, {"q": typed})
            assert response.status_code == 200, (path, typed[:60])
            assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("raw", ["%00", "%ff%fe", "%ed%a0%80", "%", "%zz", "a=b", "%c3%28", "+" * 2000])
def test_bytes_that_are_no_text_make_no_error(raw: str) -> None:
    for path in ("search/", "search/suggestions"):
        response = Client().get(f"/en/{path}?q={raw}")
        assert response.status_code in (200, 400)


def test_halves_of_signs_make_no_error() -> None:
    assert Client().get("/en/search/?q=" + quote("\ud800", errors="surrogatepass")).status_code == 200


def test_a_sign_that_means_all_or_nothing_elsewhere_finds_nothing_by_itself() -> None:
    factories.fiche("A bus to the workshop")
    for typed in ("*", '""', "-", "()", "%", "_", "-bus", " "):
        page = Client().get("/en/search/", {"q": typed}).content.decode()
        assert 'data-code="' not in page, typed


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), st.sampled_from(CODES))
def test_no_text_at_all_makes_an_error(typed: str, language: str) -> None:
    for path in ("search/", "search/suggestions"):
        assert Client().get(f"/{language}/{path}", {"q": typed}).status_code == 200
