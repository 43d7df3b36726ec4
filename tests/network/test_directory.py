"""The directory of authorities: who is in it, how it is narrowed and searched, which places are alike."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from clavet.languages import CODES
from clavet.publishing.effects import rebuild_all
from network import finding, joining
from network.boxes import read_box
from network.facts import is_nuts_of
from network.models import Authority, Consent, Member, Membership, NameWord
from network.sample import load_authorities
from network.similarity import places_like, reasons
from tests import factories
from tests.fiches.pages import languages_within, links, text_of, tree
from tests.practices import cases as practice_cases

pytestmark = pytest.mark.django_db
S = Authority.Status
HIDDEN = (S.APPLIED, S.SUSPENDED)


def listed(name: str = "Comune di Prova", **fields: Any) -> Authority:
    """An authority that is in the directory."""
    return factories.authority(name, **{"status": S.LISTED, "kind": "municipality", **fields})


def names(answer: Any) -> list[str]:
    """The codes of the authorities that a page lists, in its order."""
    cards = [item for item in tree(answer).iter("article") if item.get("class") == "card"]
    return [card.get("data-code") for card in cards]


def ask(client: Client, query: str = "", language: str = "en") -> list[str]:
    """The codes that the directory lists for a query."""
    answer = client.get(f"/{language}/network/{query}")
    assert answer.status_code == 200
    return names(answer)


# ---------------------------------------------------------------- who is in it


@pytest.mark.parametrize("status", S.values)
def test_applied_and_suspended_authorities_are_nowhere(status: str, client: Client) -> None:
    one = factories.authority("Comune di Zzz", status=status, country="IT", languages=["it"])
    shown = status not in HIDDEN
    assert (ask(client) == [one.code_id]) is shown
    assert (ask(client, "?q=zzz") == [one.code_id]) is shown
    assert (ask(client, "?country=IT") == [one.code_id]) is shown
    expected = {f"/id/{one.code_id}": 302, one.url_in("en"): 200, "/sitemap.xml": 200, "/en/search/?q=zzz": 200}
    for path, code in expected.items():
        answer = client.get(path)
        assert answer.status_code == (code if shown or path.startswith(("/sitemap", "/en/search")) else 404), path
        assert (one.code_id in answer.content.decode() + answer.get("Location", "")) is shown or not shown
        if not shown:
            assert one.code_id not in answer.content.decode().replace(path, "") or answer.status_code == 404, path


def test_an_authority_that_is_suspended_leaves_and_comes_back(client: Client) -> None:
    one, boss = factories.authority(), factories.coordinator()
    assert ask(client) == [one.code_id]
    joining.suspend(one, actor=boss, reason="Nobody answers.")
    assert ask(client) == []
    assert not NameWord.objects.exists()
    joining.resume(one, actor=boss)
    assert ask(client) == [one.code_id]


def test_a_rebuild_of_the_index_finds_the_same_as_before(client: Client) -> None:
    one = listed(languages=["it"], country="IT", other_name_en="City of Proof")
    listed(status=S.SUSPENDED)
    words = set(NameWord.objects.values_list("word", flat=True))
    rebuild_all()
    assert ask(client, "?country=IT&working_language=it&q=proof") == [one.code_id]
    assert set(NameWord.objects.values_list("word", flat=True)) == words


# ---------------------------------------------------------------- filters, order, parameters


def test_facets_narrow_and_count_and_topics_count_for_what_is_broader(client: Client) -> None:
    factories.vocabulary()
    one = listed("A", country="IT", population=4_000, urbanisation="rural", topics_offered=["apprenticeships"])
    two = listed("B", country="HR", population=600_000, urbanisation="city", topics_sought=["apprenticeships"])
    other = factories.authority("C", country="HR")
    assert ask(client, "?country=HR") == [two.code_id, other.code_id]
    assert ask(client, "?country=HR&country=IT&size=under_5") == [one.code_id]
    assert ask(client, "?offered=vet") == [one.code_id]
    assert ask(client, "?sought=vet") == [two.code_id]
    assert ask(client, "?standing=member") == [other.code_id]
    page = client.get("/en/network/?country=HR").content.decode()
    assert re.search(r'id="count-country-IT">1<', page)
    assert re.search(r'id="count-size-over_500">1<', page)


def test_the_order_is_by_name_by_size_or_by_joining(client: Client) -> None:
    big = listed("Zeta", population=9_000)
    small = listed("Eta", population=100)
    new = factories.authority("Omega", joined_on="2026-01-01", other_name_en="Alpha")
    assert ask(client) == [new.code_id, small.code_id, big.code_id]
    assert ask(client, language="it") == [small.code_id, new.code_id, big.code_id]
    assert ask(client, "?sort=size") == [big.code_id, small.code_id, new.code_id]
    assert ask(client, "?sort=joined") == [new.code_id, big.code_id, small.code_id]


@pytest.mark.parametrize(
    "query",
    ["page=9999999999999999999", "page=-1", "page=x", "country=XX", "country=it", "size=huge", "sort=lat", "lat=nan",
     "box=nan,nan,nan,nan", "box=91,0,92,1", "box=1,1,1,1", "box=5,5,1,1", "box=1,2,3", "box=" + "9" * 400, "q=%00",
     "q=%ED%A0%80", "q=" + "a" * 5000, "offered=nothing", "standing=suspended", "view=map&box=0,0,0.0001,0.0001",
     "view=globe"],
)  # fmt: skip
def test_what_makes_no_sense_in_an_address_is_passed_over(query: str, client: Client) -> None:
    listed()
    assert client.get(f"/en/network/?{query}").status_code == 200


def test_where_nothing_is_left_each_filter_says_what_it_hides(client: Client) -> None:
    one = listed(country="IT", population=100)
    listed("B", country="HR", population=600_000)
    page = tree(client.get("/en/network/?country=IT&size=over_500"))
    found = {text_of(link): link.get("href") for link in page.findall(".//*[@class='notice notice-portal']//a")}
    assert found == {
        "without “Italy”": "/en/network/?size=over_500",
        "without “over 500,000 inhabitants”": "/en/network/?country=IT",
    }
    assert one.code_id in client.get("/en/network/?country=IT").content.decode()
    assert "There are no authorities yet." not in client.get("/en/network/?country=IT&size=over_500").content.decode()


def test_a_box_has_its_southern_and_western_side_and_not_the_others() -> None:
    box = read_box("37,20,42.5,28")
    assert box is not None
    assert (20, 37) in box
    assert (28, 40) not in box
    assert (25, 42.5) not in box
    assert read_box(str(box)) == box


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    factories.vocabulary()
    for number in range(rows):
        listed(f"Town {number}", country="IT", topics_offered=["vet"])
    for query, number in (("", 7), ("?q=town&country=IT", 8)):
        client.get(f"/en/network/{query}")
        with django_assert_num_queries(number):
            client.get(f"/en/network/{query}")


# ---------------------------------------------------------------- the map


def test_each_circle_of_the_map_leads_to_as_many_authorities_as_it_says(client: Client) -> None:
    turin = listed("Turin", country="IT", latitude="45.07", longitude="7.69")
    milan = listed("Milan", country="IT", latitude="45.46", longitude="9.19")
    oslo = listed("Oslo", own_language="nb", country="NO", latitude="59.91", longitude="10.75")
    nowhere = listed("Nowhere", country="IT")
    listed("Hidden", status=S.SUSPENDED, latitude="45.0", longitude="8.0")
    page = tree(client.get("/en/network/?view=map"))
    assert set(names(client.get("/en/network/?view=map"))) == {one.code_id for one in (turin, milan, oslo, nowhere)}
    assert "Not on the map: 1 authority" in text_of(page.find(".//figcaption"))
    circles = [
        (item.get("aria-label", ""), item.get("href")) for item in page.find(".//figure").iter() if item.get("href")
    ]
    numbers = [int(label.split(": ")[1].split()[0]) for label, _url in circles]
    assert sum(numbers) == 3
    for (label, url), number in zip(circles, numbers, strict=True):
        assert label.startswith(("Italy: ", "Norway: "))
        assert len(names(client.get(url))) == number, label
        assert "view=map" in url
    narrowed = client.get("/en/network/?box=40,0,50,12&country=IT&country=NO")
    assert set(names(narrowed)) == {turin.code_id, milan.code_id}
    assert "in a part of the map" in narrowed.content.decode()


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("typed", "language"),
    [("Antwerpen", "nl"), ("antwerp", "en"), ("ANVERS", "fr"), ("amb", "es"), ("Αμβέρσα", "el"), ("αμβερσ", "el"),
     ("Anvers Belediyesi", "tr"), ("anvérs vil", "it"), ("Antwerp Stad", "hr")],
)  # fmt: skip
def test_a_place_is_found_under_each_of_its_names_from_their_first_letters(
    typed: str, language: str, client: Client
) -> None:
    one = listed(
        "Stad Antwerpen", own_language="nl", country="BE", other_name_en="City of Antwerp",
        other_name_fr="Ville d’Anvers", other_name_es="Amberes", other_name_el="Δήμος Αμβέρσας",
        other_name_tr="Anvers Belediyesi",
    )  # fmt: skip
    listed("Stad Gent", own_language="nl", country="BE")
    assert ask(client, f"?q={typed}", language) == [one.code_id]


def test_names_fold_as_their_languages_do(client: Client) -> None:
    greek = listed("Δήμος Διστόμου", own_language="el", country="GR", other_name_en="Municipality of Distomo")
    turkish = listed("Iğdır Belediyesi", own_language="tr", country="TR")
    romanian = listed("Orașul Ţăndărei", own_language="ro", country="RO")
    for typed, found in (("ΔΙΣΤΟΜΟΥ", greek), ("distomo", greek), ("IGDIR", turkish), ("tandarei", romanian)):
        assert ask(client, f"?q={typed}") == [found.code_id], typed
    assert ask(client, "?q=di") == []


def test_a_new_name_is_found_and_the_old_one_is_not(client: Client) -> None:
    one = listed("Oldtown", own_language="en")
    one.own_name = "Newtown"
    one.save()
    assert ask(client, "?q=oldtown") == []
    assert ask(client, "?q=newto") == [one.code_id]


def test_the_search_of_the_portal_shows_authorities_beside_records(client: Client) -> None:
    factories.pages()
    one = listed("Comune di Faro", other_name_en="Lighthouse")
    listed("Comune di Nulla", status=S.SUSPENDED)
    page = tree(client.get("/en/search/?q=lighth"))
    section = page.find(".//section[@class='beside']")
    assert one.code_id in names(client.get("/en/search/?q=lighth"))
    assert section is not None
    assert section.find(".//a").get("href") == "/en/network/?q=lighth"
    assert "beside" not in client.get("/en/search/?q=nulla").content.decode()


# ---------------------------------------------------------------- places like yours


def test_places_are_alike_by_what_they_share_and_it_is_said(client: Client) -> None:
    factories.vocabulary()
    traits = {"population": 30_000, "urbanisation": "town", "governance_level": "municipal"}
    one = listed("One", **traits, topics_sought=["vet"], languages=["it"])
    far = listed("Far", population=900_000, urbanisation="city", governance_level="regional")
    near = listed("Near", **traits, topics_sought=["vet", "schools"], languages=["en", "it"])
    half = listed("Half", population=25_000, urbanisation="rural", governance_level="municipal")
    twin = listed("Twin", population=25_000, urbanisation="rural", governance_level="municipal")
    invented = factories.authority("Invented", is_example=True, **traits)
    suspended = factories.authority("Gone", status=S.SUSPENDED, **traits)
    found = places_like(one)
    assert [alike.code for alike in found] == [near.code_id, half.code_id, twin.code_id]
    assert [alike.points for alike in found] == [10, 5, 5]
    assert not {far.code_id, invented.code_id, suspended.code_id, one.code_id} & {alike.code for alike in found}
    with override("en"):
        assert reasons(found[0], {"vet": "training"}) == [
            "of about the same size", "settled as densely", "at the same governance level",
            "looks for the same: training", "shares a working language",
        ]  # fmt: skip
    page = text_of(tree(client.get(one.url_in("en"))).find(".//*[@id='alike']/../.."))
    assert page.index("Near") < page.index("Half") < page.index("Twin")
    assert "at the same governance level" in page


def test_what_is_not_known_is_not_shared() -> None:
    one = listed("One", languages=["it"], governance_level="municipal")
    listed("Two", languages=["it"], governance_level="municipal")
    assert places_like(one) == []


def test_practices_are_narrowed_to_places_like_one_that_is_named(client: Client) -> None:
    factories.vocabulary()
    traits = {"population": 30_000, "governance_level": "municipal"}
    mine = listed("Mine", own_language="en", country="IT", **traits)
    near, far = practice_cases.authority("Near", **traits), practice_cases.authority("Far", population=900_000)
    shown = [practice_cases.practice(f"In {place.own_name}", place) for place in (near, far)]
    page = client.get(f"/en/practices/?like={mine.code_id}")
    assert names(page) == [shown[0].code_id]
    assert "20,000 to 50,000 inhabitants" in text_of(tree(page).find(".//*[@class='notice notice-portal']"))
    assert len(names(client.get("/en/practices/?like=AU-7777"))) == 2
    assert f"/en/practices/?like={mine.code_id}" in client.get(mine.url_in("en")).content.decode()


# ---------------------------------------------------------------- the page


def test_a_page_has_one_address_in_each_language_and_leads_there(client: Client) -> None:
    one = listed("Δήμος Διστόμου", own_language="el", country="GR", other_name_en="Municipality of Distomo")
    assert one.url_in("en") == f"/en/network/{one.code_id}/municipality-of-distomo/"
    for path in (f"/en/network/{one.code_id}/", f"/en/network/{one.code_id}/wrong/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, one.url_in("en"))
    assert client.get(f"/id/{one.code_id}", headers={"accept-language": "el"})["Location"] == one.url_in("el")
    for code in ("AU-9999", "AU-x", "BP-0001", "..", "AU-00000000000001"):
        assert client.get(f"/en/network/{code}/").status_code == 404, code
    root = tree(client.get(one.url_in("fr")))
    assert {
        code: url.partition("/")[0] for code, url in links(root, "alternate").items() if code in CODES
    }.keys() == set(CODES)
    assert languages_within(root, "Δήμος Διστόμου") == {"el"}


def test_a_page_says_what_is_known_and_has_no_empty_section(client: Client) -> None:
    factories.vocabulary()
    one = listed(
        "Comune di Prova", kind="municipality", population=12_345, population_year=2021, nuts="ITC11",
        website="https://example.org/", topics_offered=["vet"], facts_source="ISTAT",
        latitude="45.0703", longitude="7.6869",
    )  # fmt: skip
    root = tree(client.get(one.url_in("en")))
    page = text_of(root.find(".//main"))
    for words in ("12,345 (2021)", "ITC11", "ISTAT", "What it offers", "vocational training (en)", "not a member"):
        assert words in page, words
    for words in ("What it looks for", "greatest challenges", "Whom to write to", "Places like", "Working languages"):
        assert words not in page, words
    data = json.loads(root.find(".//script[@type='application/ld+json']").text)
    assert data["@type"] == "GovernmentOrganization"
    assert data["location"]["geo"]["latitude"] == "45.0703"
    assert one.code_id in data["identifier"]


def test_a_page_lists_what_it_did_and_what_it_did_leads_back(client: Client) -> None:
    one = practice_cases.authority("Town of Deeds")
    practice = practice_cases.practice(where=one)
    fiche = factories.fiche(authorities=[one.code_id])
    draft = practice_cases.draft(one, factories.author_of(one), title="Hidden draft")
    page = client.get(one.url_in("en")).content.decode()
    assert practice.code_id in page
    assert fiche.code_id in page
    assert draft.code_id not in page
    for path in (practice.url_in("en"), fiche.url_in("en"), "/en/practices/"):
        assert one.url_in("en") in client.get(path).content.decode(), path
    joining.suspend(one, actor=factories.coordinator(), reason="x")
    for path in (practice.url_in("en"), fiche.url_in("en"), "/en/practices/"):
        assert one.url_in("en") not in client.get(path).content.decode(), path


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    one = practice_cases.authority("One", population=30_000, governance_level="municipal")
    for number in range(rows):
        practice_cases.authority(f"Like {number}", population=30_000, governance_level="municipal")
        factories.member_of(one)
    client.get(one.url_in("en"))
    with django_assert_num_queries(10):
        client.get(one.url_in("en"))


# ---------------------------------------------------------------- people


SEEN = {
    # What somebody shows to whom: what the public sees, what members see.
    Consent.HIDDEN: (False, False),
    Consent.MEMBERS: (False, True),
    Consent.PUBLIC: (True, True),
}


@pytest.mark.parametrize("consent", SEEN)
@pytest.mark.parametrize(
    ("detail", "value"), [("name", "Ada Zzname"), ("email", "zz@example.net"), ("phone", "+39 011")]
)
def test_each_detail_of_a_person_is_seen_by_whom_she_shows_it_to(
    detail: str, value: str, consent: Consent, client: Client
) -> None:
    one = factories.authority()
    person = factories.member_of(one, name="Ada Zzname")
    person.email = "zz@example.net"
    person.save()
    hidden = dict.fromkeys(("name_shown", "email_shown", "phone_shown"), Consent.HIDDEN)
    Member.objects.filter(account=person).update(phone="+39 011", **{**hidden, f"{detail}_shown": consent})
    inside = f"/en/desk/network/{one.code_id}/"
    public, members = SEEN[consent]
    assert (value in client.get(one.url_in("en")).content.decode()) is public
    assert client.get(inside).status_code == 302
    client.force_login(factories.person())
    assert client.get(inside).status_code == 403
    colleague = Client()
    colleague.force_login(factories.member_of(factories.authority("Elsewhere")))
    assert (value in colleague.get(inside).content.decode()) is members
    assert (value in colleague.get(one.url_in("en")).content.decode()) is public


def test_nobody_is_shown_who_has_left_or_whose_authority_is_no_member(client: Client) -> None:
    one = factories.authority()
    person = factories.member_of(one, name="Ada Zzname")
    Member.objects.update(name_shown=Consent.PUBLIC)
    Authority.objects.filter(pk=one.pk).update(contact=person.member)
    assert "Ada Zzname" in client.get(one.url_in("en")).content.decode()
    Authority.objects.filter(pk=one.pk).update(status=S.FORMER)
    assert "Ada Zzname" not in client.get(one.url_in("en")).content.decode()
    Authority.objects.filter(pk=one.pk).update(status=S.MEMBER)
    joining.leave(Membership.objects.get(), actor=person)
    assert "Ada Zzname" not in client.get(one.url_in("en")).content.decode()


# ---------------------------------------------------------------- what an authority says of itself


@pytest.mark.parametrize(
    ("nuts", "country", "fits"),
    [("EL303", "GR", True), ("GR303", "GR", False), ("UKD33", "GB", True), ("GBD33", "GB", False), ("IT", "IT", True),
     ("ITC11", "IT", True), ("ITC11", "HR", False), ("ITC111", "IT", False), ("itc11", "IT", False), ("", "IT", False)],
)  # fmt: skip
def test_a_nuts_code_begins_with_the_country_as_eurostat_writes_it(nuts: str, country: str, fits: bool) -> None:
    assert is_nuts_of(nuts, country) is fits


def filled(**changes: Any) -> dict[str, Any]:
    """The form of an authority, complete."""
    contact = Member.objects.first()
    return {
        "description": "We teach.", "languages": ["it"], "topics_offered": ["vet"], "topics_sought": ["schools"],
        "challenge_1": "schools", "challenge_2": "vet", "contact": contact.pk if contact else "", **changes,
    }  # fmt: skip


def test_an_author_keeps_what_the_authority_says_and_the_directory_follows(client: Client) -> None:
    factories.vocabulary()
    one = factories.authority()
    client.force_login(factories.author_of(one))
    path = f"/el/desk/authority/{one.code_id}/"
    assert client.get(path).status_code == 200
    assert client.post(path, filled(nuts="itc11", description="Διδάσκουμε.")).status_code == 302
    one.refresh_from_db()
    assert (one.description_el, one.nuts, one.challenges) == ("Διδάσκουμε.", "ITC11", ["schools", "vet"])
    assert ask(Client(), "?offered=vet&working_language=it") == [one.code_id]
    page = tree(Client().get(one.url_in("en")))
    assert languages_within(page, "Διδάσκουμε.") == {"el"}


@pytest.mark.parametrize(
    ("field", "changes"),
    [("nuts", {"nuts": "EL303"}), ("languages", {"languages": []}), ("topics_offered", {"topics_offered": []}),
     ("topics_sought", {"topics_sought": ["no-such"]}), ("contact", {"contact": ""}), ("contact", {"contact": "9999"}),
     ("longitude", {"latitude": "45", "longitude": ""}), ("latitude", {"latitude": "nan", "longitude": "7"}),
     ("latitude", {"latitude": "91", "longitude": "7"}), ("challenge_2", {"challenge_2": "schools"}),
     ("website", {"website": "javascript:alert(1)"}), ("description", {"description": "a" * 1501}),
     ("population", {"population": "-1"}), ("population_year", {"population_year": "1066"})],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(field: str, changes: dict[str, Any], client: Client) -> None:
    factories.vocabulary()
    one = factories.authority()
    client.force_login(factories.author_of(one))
    answer = client.post(f"/en/desk/authority/{one.code_id}/", filled(**changes))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert f"id_{field}_error" in answer.content.decode()
    one.refresh_from_db()
    assert one.languages == []


def test_nobody_else_gets_at_the_form(client: Client) -> None:
    one, other = factories.authority(), factories.authority("Other")
    path = f"/en/desk/authority/{one.code_id}/"
    assert client.get(path).status_code == 302
    people = [factories.person(), factories.member_of(one), factories.author_of(other), factories.superuser()]
    for user in people:
        client.force_login(user)
        assert client.get(path).status_code == 404, user
        assert client.post(path, filled()).status_code == 404, user
    client.force_login(factories.coordinator())
    assert client.get(path).status_code == 200
    assert client.get("/en/desk/authority/AU-9999/").status_code == 404


# ---------------------------------------------------------------- the sample


def test_the_sample_has_authorities_of_many_countries_each_with_a_source_and_sound_codes() -> None:
    load_authorities(settings.PROJECT / "data" / "authorities.json")
    found = list(Authority.objects.all())
    assert len(found) >= 74
    assert len({one.country.code for one in found}) >= 20
    for one in found:
        one.full_clean(exclude=["code"])
        assert one.facts_source, one
        assert one.is_sample, one
        assert one.status == S.LISTED, one
        assert (one.population is None) == (one.population_year is None), one
        others = [code for code in CODES if code != one.own_language]
        assert all(getattr(one, f"other_name_{code}") for code in others), one
    assert len(finding.named("Σαλονίκη", "el")) == 0
    assert len(finding.named("salonic", "ro")) == 1
