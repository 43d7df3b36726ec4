"""The authorities that stand behind the portal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from clavet.languages import CODES
from clavet.publishing.models import Code
from network.models import Authority
from network.sample import load_partners
from tests import factories
from tests.fiches.pages import languages_within, text_of, tree

pytestmark = pytest.mark.django_db
PARTNERS = settings.PROJECT / "data" / "partners.json"


def test_there_are_ten_partners_each_with_its_own_name_language_and_country() -> None:
    assert load_partners(PARTNERS) == 10
    partners = list(Authority.objects.founding_partners())
    assert len({partner.own_name for partner in partners}) == 10
    assert all(partner.own_language in CODES for partner in partners)
    assert all(partner.country.name for partner in partners)
    assert sum(partner.is_project_coordinator for partner in partners) == 1
    assert partners[0].is_project_coordinator


def test_loading_the_partners_again_changes_nothing() -> None:
    load_partners(PARTNERS)
    Authority.objects.filter(code_id="AU-0001").update(website="https://example.org/")
    before = list(Authority.objects.values()), Code.objects.count(), Authority.history.count()
    assert load_partners(PARTNERS) == 0
    assert (list(Authority.objects.values()), Code.objects.count(), Authority.history.count()) == before


def test_the_partners_stand_on_a_page_of_their_own_under_their_own_names(client: Client) -> None:
    factories.pages()
    load_partners(PARTNERS)
    for code in CODES:
        root = tree(client.get(f"/{code}/partners/"))
        for partner in Authority.objects.all():
            assert partner.own_language in languages_within(root, partner.own_name), (code, partner)


def test_the_home_page_counts_partners_and_countries_from_what_is_there(client: Client) -> None:
    factories.pages()
    load_partners(PARTNERS)
    countries = {entry["country"] for entry in json.loads(PARTNERS.read_text(encoding="utf-8"))["partners"]}
    root = tree(client.get("/en/"))
    figures = {
        text_of(line.find("dt")): text_of(line.find("dd")) for line in root.findall(".//dl[@class='figures']/div")
    }
    assert figures["founding partners"] == "10"
    assert figures["countries"] == str(len(countries))


def test_a_fiche_names_the_authorities_behind_it(client: Client) -> None:
    load_partners(PARTNERS)
    record = factories.fiche(authorities=["AU-0002"])
    name = Authority.objects.get(code_id="AU-0002").own_name
    assert name in text_of(tree(client.get(record.url_in("en"))))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_authorities_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    load_partners(PARTNERS)
    Authority.objects.exclude(pk__in=list(Authority.objects.values_list("pk", flat=True)[:rows])).delete()
    client.force_login(factories.coordinator())
    client.get("/admin/network/authority/")
    with django_assert_num_queries(7):
        client.get("/admin/network/authority/")


def test_authorities_are_never_deleted_and_only_coordinators_change_them(client: Client) -> None:
    load_partners(PARTNERS)
    authority = Authority.objects.first()
    for user in (factories.superuser(), factories.administrator()):
        client.force_login(user)
        assert client.get(f"/admin/network/authority/{authority.pk}/change/").status_code == 403
    client.force_login(factories.coordinator())
    assert client.get(f"/admin/network/authority/{authority.pk}/change/").status_code == 200
    assert client.post(f"/admin/network/authority/{authority.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Authority.objects.count() == 10
