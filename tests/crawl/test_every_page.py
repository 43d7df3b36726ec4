"""The crawl: every page that a visitor can reach, in each of the nine languages."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from clavet.languages import CODES
from clavet.web import sitemap
from tests.crawl.crawler import Crawl
from tests.crawl.knowledge import Knowledge
from tests.crawl.markup import serialised

pytestmark = pytest.mark.django_db


# What a page is made of does not depend on the database; that each answers on both is tested address by address.
@pytest.mark.once
@pytest.mark.parametrize("locale", CODES)
def test_every_page_that_a_visitor_can_reach_is_sound(locale: str, sample: None, knowledge: Knowledge) -> None:
    crawl = Crawl(locale, knowledge).run()
    check_other_locales(crawl)
    check_sitemap(crawl)
    assert len(crawl.pages) > 80, "the crawl hardly went anywhere"
    assert not crawl.findings, "\n" + serialised(crawl.findings)


def check_other_locales(crawl: Crawl) -> None:
    """What this locale says of the others: each address stands in our list of addresses, and a part of them is called
    (another part from each locale, so that all nine crawls together leave out none)."""
    turn = CODES.index(crawl.locale)
    client = Client()
    for number, (path, found_on) in enumerate(sorted(crawl.others.items())):
        with override(path[1:3]):
            resolve(path)
        if number % len(CODES) == turn:
            response = client.get(path)
            if response.status_code != 200 and not response.get("Location", "").startswith("/accounts/login/"):
                crawl.find(f"{response.status_code} at {path}", found_on)


@lru_cache
def listed_addresses() -> frozenset[str]:
    """The addresses in the sitemap, without the host."""
    root = ElementTree.fromstring(sitemap.render())  # noqa: S314 - our own
    return frozenset(node.text.removeprefix(settings.SITE_URL) for node in root.iter(f"{{{sitemap.SITEMAP}}}loc"))


def check_sitemap(crawl: Crawl) -> None:
    """The sitemap names the pages that may be indexed, all of them and no others."""
    listed = {path for path in listed_addresses() if path.startswith(crawl.home)}
    reached = crawl.indexable()
    for path in sorted(listed - reached - crawl.left_out):
        crawl.find("in the sitemap, but not to be reached or not to be indexed", path)
    for path in sorted(reached - listed):
        crawl.find("may be indexed, but is not in the sitemap", path)
