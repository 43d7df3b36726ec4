"""The list of fiches: filters, counts, order, pages, and what an empty list says."""

from __future__ import annotations

import datetime
import random
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from clavet.languages import CODES
from clavet.library.listing import SORTS, Listing
from clavet.publishing import effects, facets, lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.web.facet_views import FACETS
from clavet.web.lists import PAGE_SIZE
from fiches.library import LIBRARY
from fiches.models import Fiche
from tests import factories
from tests.fiches.pages import text_of, tree

pytestmark = pytest.mark.django_db

BROADER = {
    "company-apprenticeships": {"apprenticeships", "vet"},
    "apprenticeships": {"vet"},
    "early-leaving": {"schools"},
}
VALUES: dict[str, list[str]] = {
    "kind": ["best_practice", "lesson_learned", "training_unit"],
    "topic": ["vet", "apprenticeships", "company-apprenticeships", "schools", "early-leaving", "guidance"],
    "phase": ["formulation", "implementation", "monitoring"],
    "sector": ["initial_vet", "primary", "adult_learning"],
    "level": ["municipal", "regional"],
    "country": ["GR", "HR", "TR"],
    "language": ["en", "el", "tr"],
}


def listing(**query: Any) -> Listing:
    """The English list under these filters."""
    return Listing(LIBRARY, QueryDict(urlencode(query, doseq=True)), "en", "/en/fiches/")


def shown(client: Client, query: str = "", language: str = "en") -> list[str]:
    root = tree(client.get(f"/{language}/fiches/{query}"))
    return [card.get("data-code") for card in root.findall(".//article") if card.get("data-code")]


@pytest.fixture
def library() -> list[dict[str, set[str]]]:
    """Thirty fiches at random, and what each should be found by."""
    chance = random.Random(20261124)  # noqa: S311
    factories.vocabulary()
    found = []
    for number in range(30):
        topics = chance.sample(VALUES["topic"], chance.randint(1, 2))
        phases, sectors = ([*chance.sample(VALUES[name], chance.randint(1, 2))] for name in ("phase", "sector"))
        countries = chance.sample(VALUES["country"], chance.randint(0, 2))
        kind, level = chance.choice(VALUES["kind"]), chance.choice([*VALUES["level"], ""])
        languages = tuple(chance.sample(["el", "tr"], chance.randint(0, 2)))
        record = factories.fiche(
            f"Number {number}",
            kind=kind,
            topics=topics,
            phases=phases,
            sectors=sectors,
            countries=countries,
            governance_level=level,
            translations=languages,
        )
        if number % 10 == 9:
            lifecycle.archive_record(record, actor=OPERATOR)
            continue
        found.append({
            "kind": {kind},
            "topic": set(topics).union(*(BROADER.get(key, set()) for key in topics)),
            "phase": set(phases),
            "sector": set(sectors),
            "level": {level} - {""},
            "country": set(countries),
            "language": {"en", *languages},
        })  # fmt: skip
    return found


def matching(library: list[dict[str, set[str]]], chosen: dict[str, list[str]]) -> list[dict[str, set[str]]]:
    return [entry for entry in library if all(entry[name] & set(values) for name, values in chosen.items())]


def test_totals_and_counts_are_those_of_counting_by_hand_under_any_filters(library: list) -> None:
    chance = random.Random(7)  # noqa: S311
    for _turn in range(40):
        names = chance.sample(sorted(VALUES), chance.randint(0, 3))
        chosen = {name: chance.sample(VALUES[name], chance.randint(1, 2)) for name in names}
        page = listing(**chosen)
        assert page.total == len(matching(library, chosen)), chosen
        counts = facets.count(page.records, page.positions, page.selection, FACETS)
        for name, values in VALUES.items():
            rest = {key: wanted for key, wanted in chosen.items() if key != name}
            left = matching(library, rest)
            for value in values:
                assert counts[name].get(value, 0) == sum(value in entry[name] for entry in left), (chosen, name, value)


def test_the_counts_beside_the_filters_are_those_that_a_click_brings(library: list, client: Client) -> None:
    root = tree(client.get("/en/fiches/?phase=monitoring"))
    for name, values in VALUES.items():
        if name == "phase":
            continue
        for value in values:
            counter = root.find(f".//*[@id='count-{name}-{value}']")
            promised = int(text_of(counter)) if counter is not None else 0
            assert listing(phase="monitoring", **{name: value}).total == promised, (name, value)


def test_a_topic_finds_what_is_narrower_too() -> None:
    factories.fiche("Narrow", topics=["company-apprenticeships"])
    factories.fiche("Elsewhere", topics=["guidance"])
    assert [listing(topic=key).total for key in ("vet", "apprenticeships", "company-apprenticeships")] == [1, 1, 1]
    assert listing(topic="guidance").total == 1
    assert listing(topic=["guidance", "vet"]).total == 2


def test_a_summary_alone_does_not_make_a_fiche_available_in_a_language() -> None:
    record = factories.fiche()
    factories.translate(record, "tr", part="summary")
    assert (listing(language="en").total, listing(language="tr").total) == (1, 0)


def test_a_changed_fiche_is_found_by_what_it_says_now() -> None:
    record = factories.fiche(phases=["monitoring"])
    factories.renew(record, phases=["formulation"])
    assert listing(phase="monitoring").total == 0
    assert listing(phase="formulation").total == 1


# ---------------------------------------------------------------- order and pages


def test_the_list_is_in_the_order_asked_for(client: Client) -> None:
    first = factories.fiche("Élan", now=factories.long_ago(30), translations=("el",))
    second = factories.fiche("alpha", now=factories.long_ago(20))
    third = factories.fiche("“Beta”", now=factories.long_ago(10))
    factories.renew(first, "editorial", title="Élan")
    codes = {"first": first.code_id, "second": second.code_id, "third": third.code_id}
    assert shown(client) == [codes["third"], codes["second"], codes["first"]]
    assert shown(client, "?sort=changed") == [codes["first"], codes["third"], codes["second"]]
    assert shown(client, "?sort=title") == [codes["second"], codes["third"], codes["first"]]


def test_titles_sort_in_the_readers_language_and_without_accents(client: Client) -> None:
    one, other = factories.fiche("One"), factories.fiche("Other")
    for record, heading in ((one, "Ώρα"), (other, "άλλο")):
        text = factories.translated(factories.document(), "el")
        text["texts"]["title"] = heading
        factories.translate(record, "el", text=text)
    assert shown(client, "?sort=title", "el") == [other.code_id, one.code_id]
    assert shown(client, "?sort=title", "en") == [one.code_id, other.code_id]


@pytest.mark.parametrize("sort", SORTS)
def test_what_nobody_has_confirmed_for_long_sinks_in_every_order(sort: str, client: Client) -> None:
    stale, fresh = factories.fiche("Aaa"), factories.fiche("Bbb", now=factories.long_ago())
    Fiche.objects.filter(pk=stale.pk).update(review_by=timezone.localdate() - datetime.timedelta(days=200))
    effects.public_change(stale.code_id)
    assert shown(client, f"?sort={sort}") == [fresh.code_id, stale.code_id]


def test_pages_keep_the_filters_and_show_every_fiche_once(client: Client) -> None:
    for number in range(PAGE_SIZE + 2):
        factories.fiche(f"Number {number}")
    query = "?phase=implementation&phase=monitoring&kind=best_practice&sort=title"
    root = tree(client.get(f"/en/fiches/{query}"))
    onward = root.find(".//a[@rel='next']").get("href")
    assert parse_qs(urlsplit(onward).query) == {**parse_qs(query[1:]), "page": ["2"]}
    first, second = shown(client, query), shown(client, "?" + urlsplit(onward).query)
    assert (len(first), len(second)) == (PAGE_SIZE, 2)
    assert not set(first) & set(second)
    assert 'data-total="22"' in client.get(onward).content.decode()


def test_a_page_beyond_the_last_shows_the_last(client: Client) -> None:
    record = factories.fiche()
    assert shown(client, "?page=9999999") == [record.code_id]


def test_filters_stay_when_the_reader_changes_the_language(client: Client) -> None:
    factories.fiche()
    root = tree(client.get("/en/fiches/?phase=implementation&sort=title"))
    menu = {link.get("hreflang"): link.get("href") for link in root.findall(".//ul[@class='language-list']//a")}
    assert menu == {code: f"/{code}/fiches/?phase=implementation&sort=title" for code in CODES}


def test_every_chosen_filter_can_be_taken_away_alone(client: Client) -> None:
    factories.fiche()
    root = tree(client.get("/en/fiches/?phase=implementation&country=GR&country=HR&sort=title"))
    chips = {text_of(link): parse_qs(urlsplit(link.get("href")).query) for link in root.findall(".//a[@class='chip']")}
    assert chips == {
        "Implementation remove": {"country": ["GR", "HR"], "sort": ["title"]},
        "Greece remove": {"phase": ["implementation"], "country": ["HR"], "sort": ["title"]},
        "Croatia remove": {"phase": ["implementation"], "country": ["GR"], "sort": ["title"]},
    }


# ---------------------------------------------------------------- cards


def test_a_card_reads_in_the_language_chosen_for_its_record_and_says_so(client: Client) -> None:
    translated = factories.fiche("Full", translations=("tr",))
    summary = factories.fiche("Short")
    factories.translate(summary, "tr", part="summary")
    missing = factories.fiche("Missing")
    root = tree(client.get("/tr/fiches/?sort=title"))
    cards = {card.get("data-code"): card for card in root.findall(".//article")}
    for record, language, heading in (
        (translated, "tr", "Full [tr]"),
        (summary, "tr", "Short [tr]"),
        (missing, "en", "Missing"),
    ):
        card = cards[record.code_id]
        assert (card.get("data-lang"), text_of(card.find("h3"))) == (language, heading)
        assert card.find("h3").get("lang", "tr") == language
        assert card.find("p[@class='summary']").get("lang", "tr") == language


def test_a_card_says_what_a_reader_should_know_first(client: Client) -> None:
    record = factories.fiche(source_language="el", translations=("en",))
    factories.renew(record, "major")
    Fiche.objects.update(is_example=True, review_by=timezone.localdate() - datetime.timedelta(days=200))
    marks = text_of(tree(client.get("/en/fiches/")).find(".//article//ul[@class='about']"))
    for words in ("Example", "Older version", "Not confirmed for long"):
        assert words in marks


# ---------------------------------------------------------------- nothing found


def test_an_empty_list_suggests_what_brings_results(client: Client) -> None:
    factories.fiche(phases=["implementation"], countries=["GR"])
    root = tree(client.get("/en/fiches/?phase=monitoring&country=GR"))
    notice = root.find(".//div[@id='results']//div")
    suggestions = [link.get("href") for link in notice.findall(".//a")]
    assert suggestions == ["/en/fiches/?country=GR"]
    assert "Monitoring" in text_of(notice)
    assert listing(country="GR").total == 1


def test_an_empty_library_says_so_and_suggests_nothing(client: Client) -> None:
    factories.vocabulary()
    assert "There are no fiches yet." in client.get("/en/fiches/").content.decode()


# ---------------------------------------------------------------- what programs send

odd = st.one_of(
    st.text(max_size=20),
    st.integers().map(str),
    st.sampled_from(["\x00", "-1", "0", "1e9", "٣", "²", "9" * 5000, "' OR 1=1 --", "%00", "<script>", "[]", "null"]),
)  # fmt: skip


@settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    pairs=st.lists(st.tuples(st.sampled_from([*FACETS, "page", "sort", "q", "phase[]", ""]), odd), max_size=6),
    language=st.sampled_from(CODES),
)
def test_no_query_string_breaks_the_list(pairs: list[tuple[str, str]], language: str) -> None:
    query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    response = Client().get(f"/{language}/fiches/?{query}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "page=%00", "page=%FF%FE", "topic=%00", "sort=%00", "phase=" + "x" * 8000, "&&&=&=", "%", "page=" + "9" * 5000,
        "page=-1", "page=0", "page=1.5", "page=last", "page=²", "page=", "country=gr", "topic=VET",
    ],
)  # fmt: skip
def test_a_broken_query_shows_the_list_as_if_it_had_not_been_there(query: str, client: Client) -> None:
    record = factories.fiche()
    assert shown(client, f"?{query}") == [record.code_id]


def test_ten_thousand_parameters_are_refused_and_not_worked_through(client: Client) -> None:
    assert client.get("/en/fiches/?" + "&".join(["phase=x"] * 10_000)).status_code == 400


# ---------------------------------------------------------------- what the list is for other programs


def test_the_list_names_its_feed_and_keeps_filtered_lists_out_of_search_engines(client: Client) -> None:
    factories.fiche()
    plain, filtered = (tree(client.get(f"/en/fiches/{query}")) for query in ("", "?topic=vet"))
    assert plain.find(".//meta[@name='robots']") is None
    assert filtered.find(".//meta[@name='robots']").get("content") == "noindex"
    feeds = [link.get("href") for link in filtered.findall(".//head/link[@type='application/atom+xml']")]
    assert feeds == ["/en/fiches/feed/vet.atom"]


def test_a_partial_answer_is_kept_apart_from_the_whole_page(client: Client) -> None:
    record = factories.fiche()
    response = client.get("/en/fiches/", headers={"hx-request": "true"})
    assert "HX-Request" in response["Vary"]
    assert "<html" not in response.content.decode()
    assert record.code_id in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("query", "number"), [("", 8), ("?phase=implementation&country=GR", 8)])
def test_the_list_asks_the_database_as_often_for_one_fiche_as_for_three(
    rows: int, query: str, number: int, client: Client, django_assert_num_queries: Any
) -> None:
    for turn in range(rows):
        factories.fiche(f"Number {turn}", translations=("el", "tr")[: turn + 1])
    client.get("/el/fiches/")
    with django_assert_num_queries(number):
        client.get(f"/el/fiches/{query}")


def test_the_list_sets_no_cookie_and_reads_none(client: Client) -> None:
    factories.fiche()
    client.force_login(factories.coordinator())
    response = client.get("/en/fiches/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
