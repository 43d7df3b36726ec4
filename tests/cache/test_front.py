"""The page cache: quick, and never anything but what Django would say."""

from __future__ import annotations

import gzip
import re
import threading
from typing import Any

import brotli
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings as hypothesis_settings, strategies as st

from clavet.cache import generation, kept, public
from clavet.cache.entries import entry_of
from clavet.cache.store import Store
from clavet.languages import CODES
from clavet.pages.models import Page
from clavet.publishing import codes, lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Translation
from clavet.vocabulary.models import Concept
from fiches.models import Fiche
from tests import factories
from tests.cache.fronts import LIMIT, Counting, front, get

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_is_made_once_and_is_the_same_afterwards() -> None:
    factories.fiche()
    cache = front()
    first, second = get(cache, "/en/fiches/"), get(cache, "/en/fiches/")
    assert first.status == second.status == 200
    assert first.body == second.body == get(Counting(), "/en/fiches/").body
    assert cache.application.asked == 1


def test_every_language_and_every_filter_is_a_page_of_its_own() -> None:
    factories.fiche(translations=("el",))
    cache = front()
    for query in ("", "?phase=implementation", "?phase=monitoring", "?sort=title"):
        bodies = {code: get(cache, f"/{code}/fiches/{query}").body for code in CODES}
        for code in CODES:
            assert f'<html lang="{code}">'.encode() in bodies[code]
            assert get(cache, f"/{code}/fiches/{query}").body == bodies[code]


def test_parameters_that_mean_nothing_make_no_new_page() -> None:
    factories.fiche()
    cache = front()
    plain = get(cache, "/en/fiches/?phase=implementation&country=GR")
    for query in (
        "country=GR&phase=implementation",
        "utm_source=letter&phase=implementation&country=GR&fbclid=1",
        "phase=implementation&phase=implementation&country=GR&x=" + "y" * 500,
    ):
        assert get(cache, f"/en/fiches/?{query}").body == plain.body
    assert cache.application.asked == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("", None),
        ("br;q=x", None),
    ],
)
def test_a_page_comes_in_the_form_that_the_browser_takes(accepted: str, encoding: str | None) -> None:
    factories.fiche()
    cache = front()
    plain = get(cache, "/en/fiches/").body
    answer = get(cache, "/en/fiches/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("content-encoding") == encoding
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](answer.body)
    assert unpacked == plain
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "Accept-Encoding" in answer.headers["vary"]


def test_head_is_answered_as_get_without_a_body() -> None:
    factories.fiche()
    cache = front()
    head, read = get(cache, "/en/fiches/", "HEAD"), get(cache, "/en/fiches/")
    assert head.body == b""
    assert head.headers == read.headers
    assert cache.application.asked == 1


def test_who_has_the_page_is_told_so_until_it_changes() -> None:
    record = factories.fiche("A workshop bus")
    cache = front()
    tag = get(cache, "/en/fiches/", HTTP_ACCEPT_ENCODING="br").headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        answer = get(cache, "/en/fiches/", HTTP_IF_NONE_MATCH=known, HTTP_ACCEPT_ENCODING="gzip")
        assert (answer.status, answer.body) == (304, b"")
    assert get(cache, "/en/fiches/", HTTP_IF_NONE_MATCH='"other"').status == 200
    factories.renew(record, title="Another bus")
    assert get(cache, "/en/fiches/", HTTP_IF_NONE_MATCH=tag).status == 200


def test_browsers_and_proxies_ask_again_each_time() -> None:
    factories.fiche()
    assert get(front(), "/en/fiches/").headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_the_headers_that_protect_readers_come_from_the_cache_as_from_django() -> None:
    factories.fiche()
    cache = front()
    get(cache, "/en/fiches/")
    ours, theirs = get(cache, "/en/fiches/").headers, get(Counting(), "/en/fiches/").headers
    for name in ("content-security-policy", "x-frame-options", "referrer-policy", "x-content-type-options"):
        assert ours[name] == theirs[name]


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("/en/fiches/", {"HTTP_COOKIE": "sessionid=abc"}),
        ("/en/fiches/", {"HTTP_AUTHORIZATION": "Basic eDp5"}),
        ("/en/contact/", {}),
        ("/admin/login/", {}),
        ("/healthz", {}),
        ("/", {}),
        ("/id/CF-0001", {}),
        ("/en/fiches/CF-9999/nothing/", {}),
        ("/en/nowhere/", {}),
        ("/en/fiches/?q=" + "x" * 3000, {}),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(url: str, headers: dict[str, str]) -> None:
    factories.fiche()
    cache = front()
    for _turn in range(2):
        get(cache, url, **headers)
    assert cache.application.asked == 2
    assert len(cache.store) == 0


def test_a_host_that_is_not_ours_is_refused_and_leaves_nothing_behind() -> None:
    factories.fiche()
    cache = front()
    assert get(cache, "/en/fiches/", HTTP_HOST="evil.example").status == 400
    assert len(cache.store) == 0
    assert get(cache, "/en/fiches/", HTTP_HOST="localhost:8000").status == 200


def test_who_is_logged_in_gets_a_page_made_for_them_and_others_do_not_get_it(client: Client) -> None:
    factories.fiche()
    client.force_login(factories.coordinator())
    cache = front()
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert get(cache, "/en/fiches/", HTTP_COOKIE=cookie).status == 200
    assert get(cache, "/en/fiches/").status == 200
    assert cache.application.asked == 2


def test_pages_go_at_the_next_moment_at_which_the_clock_changes_them() -> None:
    record = factories.fiche(translations=("el",))
    factories.renew(record, "medium")
    moment = Translation.objects.get(code_id=record.code_id, language="el").outdated_from
    soon = timezone.now() + timezone.timedelta(seconds=90)
    Translation.objects.filter(outdated_from=moment).update(outdated_from=soon)
    now = timezone.now().timestamp()
    clock = {"now": now}
    cache = front(clock=lambda: clock["now"])
    get(cache, "/el/fiches/")
    get(cache, "/el/fiches/")
    assert cache.application.asked == 1
    clock["now"] = now + 91
    get(cache, "/el/fiches/")
    assert cache.application.asked == 2


def test_a_flood_of_addresses_takes_bounded_memory_and_leaves_the_known_pages_alone() -> None:
    factories.fiche()
    cache = front()
    for _turn in range(2):
        get(cache, "/en/fiches/")
    entry = entry_of("200 OK", [("Content-Type", "text/html")], b"x" * 200, 1e12)
    number = generation.current()
    for made_up in range(1_000_000):
        cache.store.keep(("/en/search/", made_up), number, entry)
    assert cache.store.size <= LIMIT
    asked = cache.application.asked
    get(cache, "/en/fiches/")
    assert cache.application.asked == asked


def test_searches_stay_in_the_share_of_pages_that_are_new() -> None:
    factories.fiche()
    cache = front()
    for number in range(30):
        for _turn in range(3):
            get(cache, f"/en/search/?q=word{number}")
    assert not cache.store.parts["known"]


def test_one_makes_the_page_while_the_others_wait() -> None:
    entered, go_on = threading.Event(), threading.Event()
    made = []

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        made.append(1)
        entered.set()
        go_on.wait(10)
        environ["clavet.expires"] = 1e12
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"a page"]

    cache = front(slow, generation=lambda: 1)
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(get(cache, "/en/").body)) for _one in range(8)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert answers == [b"a page"] * 8
    assert len(made) == 1


def test_an_error_lets_those_who_wait_go_on() -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError("no page")

    cache = front(broken, generation=lambda: 1)
    for _turn in range(2):
        with pytest.raises(RuntimeError, match="no page"):
            get(cache, "/en/")
    assert not cache.making


@pytest.mark.parametrize("model", public.MODELS, ids=lambda model: model._meta.label)
def test_a_change_of_whatever_is_public_at_once_is_another_generation(model: Any) -> None:
    factories.vocabulary()
    factories.pages()
    row = model.objects.first()
    if row is None:
        row = public_row(model)
    before = generation.current()
    row.save()
    assert generation.current() > before
    before = generation.current()
    model.objects.filter(pk=row.pk).delete()
    assert generation.current() > before


def public_row(model: Any) -> Any:
    """One row of a model that neither vocabulary nor pages bring."""
    if model.__name__ == "PublishingRules":
        return model.in_force()
    if model.__name__ in ("Member", "Membership"):
        factories.member_of(factories.authority())
        return model.objects.get()
    code = codes.allot("AU")
    return model.objects.create(code=code, own_name="Δήμος", own_language="el", country="GR")


def test_relations_between_topics_are_public_too() -> None:
    factories.vocabulary()
    before = generation.current()
    Concept.objects.get(pk="guidance").related.add("schools")
    assert generation.current() > before


def test_a_change_that_is_rolled_back_is_none() -> None:

    factories.pages()
    before = generation.current()
    with transaction.atomic():
        Page.objects.first().save()
        transaction.set_rollback(True)
    assert generation.current() == before


# ---------------------------------------------------------------- never stale


PATHS = (
    *("/en/", "/el/", "/en/fiches/", "/el/fiches/?phase=implementation", "/tr/fiches/feed.atom", "/sitemap.xml"),
    *("/en/search/?q=bus", "/el/search/?q=number", "/en/topics/apprenticeships/", "/el/fiches/{0}/"),
    "/en/fiches/{0}/v/1/",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["renew", "translate", "archive", "restore", "page", "topic", "read"]),
        st.integers(0, 1),
        st.integers(0, len(PATHS) - 1),
    ),
    min_size=4,
    max_size=10,
)


@hypothesis_settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_no_process_shows_a_stale_page_after_a_publication_has_returned(steps: list[tuple[str, int, int]]) -> None:
    Fiche.objects.filter(status="published").update(status="archived")
    record = factories.fiche("A workshop bus number 0")
    factories.pages()
    fronts = [front(), front()]
    for number, (step, one, path) in enumerate(steps, start=1):
        for cache in fronts:  # both have pages from before
            read(cache, PATHS[path], record)
        change(step, record, number)
        for cache in (fronts[one], fronts[1 - one]):
            for url in {PATHS[path], *PATHS[:4]}:
                read(cache, url, record)
    assert all(cache.store.size <= LIMIT for cache in fronts)


def read(cache: Any, url: str, record: Fiche) -> None:
    """A page from the cache is the page that Django makes of the database of now."""
    url = url.format(record.code_id)
    answer = get(cache, url)
    kept.forget()  # the page to compare with is made of nothing that was kept
    made = get(Counting(), url)
    assert (answer.status, lasting(answer.body)) == (made.status, lasting(made.body)), url
    if answer.status == 200:
        again = get(cache, url, HTTP_IF_NONE_MATCH=answer.headers.get("etag", '"none"'))
        assert again.status == (304 if "etag" in answer.headers else 200)


def lasting(body: bytes) -> bytes:
    """A page but for the moment at which an empty feed was made."""
    return re.sub(rb"<updated>[^<]*</updated></feed>|<updated>[^<]*</updated>", b"", body)


def change(step: str, record: Fiche, number: int) -> None:
    """One change of what the public sees."""
    record = Fiche.objects.get(pk=record.pk)
    if step == "renew":
        factories.renew(record, title=f"A workshop bus number {number}")
    elif step == "translate" and not Translation.objects.filter(code_id=record.code_id, version_number=record.version):
        factories.translate(record, "el")
    elif step == "archive" and record.status == "published":
        lifecycle.archive_record(record, actor=OPERATOR)
    elif step == "restore" and record.status == "archived":
        lifecycle.restore_record(record, actor=OPERATOR)
    elif step == "page":
        page = Page.objects.get(slug="home")
        page.title_en, page.title_el = f"Home {number}", f"Αρχή {number}"
        page.save()
    elif step == "topic":
        concept = Concept.objects.get(pk="apprenticeships")
        concept.preferred_en = f"apprenticeships {number}"
        concept.save()


def test_a_store_forgets_what_is_of_an_older_generation() -> None:
    store, entry = Store(LIMIT), entry_of("200 OK", [], b"x", 1e12)
    store.keep("a", 5, entry)
    store.keep("b", 6, entry)
    store.keep("c", 5, entry)
    assert (store.get("a", 6, 0), store.get("b", 6, 0), store.get("c", 6, 0)) == (None, entry, None)
    assert store.get("b", 5, 0) is None


@pytest.mark.parametrize("url", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/vocabulary.ttl"])
def test_what_is_alike_in_all_languages_is_made_once_for_all(url: str) -> None:
    factories.fiche()
    cache = front()
    answers = [get(cache, url, HTTP_ACCEPT_LANGUAGE=code) for code in ("el", "tr", "en")]
    assert len({answer.body for answer in answers}) == 1
    assert cache.application.asked == 1
    assert "accept-language" not in answers[0].headers["vary"].lower()


def test_files_pass_through_and_are_not_kept() -> None:
    content = factories.pdf()
    record = factories.fiche(
        body=factories.document(
            attachments=[factories.attachment("a1", content, "form.pdf")],
            texts={"attachment.a1.title": "A form"},
        )
    )
    cache = front()
    answer = get(cache, f"/en/fiches/{record.code_id}/v/1/files/a1/form.pdf")
    assert (answer.status, answer.body) == (200, content)
    assert len(cache.store) == 0


class Shelf:
    """What nodes share, as Redis does."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def keep(self, key: str, value: bytes, seconds: int) -> None:
        assert seconds > 0
        self.kept[key] = value


def test_nodes_share_pages_under_the_number_that_they_share() -> None:
    record = factories.fiche("A workshop bus")
    shelf, number = Shelf(), {"shared": 7}
    nodes = [front(shared=shelf, shared_number=lambda: number["shared"]) for _node in range(2)]
    first, second = (get(node, "/en/fiches/") for node in nodes)
    assert first.body == second.body
    assert [node.application.asked for node in nodes] == [1, 0]
    factories.renew(record, title="Another bus")
    number["shared"] = 8
    assert b"Another bus" in get(nodes[1], "/en/fiches/").body
    number["shared"] = 0  # Redis could not be told: nothing of it is relied on
    factories.renew(record, title="A third bus")
    assert b"A third bus" in get(nodes[0], "/en/fiches/").body
