"""Pages whose words coordinators edit, and the way those words come in with a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from clavet.languages import CODES
from clavet.pages.loading import load
from clavet.pages.models import Page
from clavet.pages.views import with_addresses
from tests import factories
from tests.fiches.pages import languages_within, links, text_of, tree

pytestmark = pytest.mark.django_db
GUIDES = ("guide-writing", "guide-review", "guide-criteria")
SLUGS = ("about", "help", "accessibility", "privacy", "legal", "partners", *GUIDES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page in two languages, as a release brings it."""
    write(tmp_path, "about", "en", "About us", "We began in 2014.")
    write(tmp_path, "about", "el", "Ποιοι είμαστε", "Ξεκινήσαμε το 2014.")
    return tmp_path


def write(folder: Path, slug: str, language: str, title: str, body: str) -> None:
    (folder / slug).mkdir(exist_ok=True)
    text = f"== title\n{title}\n== summary\nIn short.\n== body\n{body}\n"
    (folder / slug / f"{language}.md").write_text(text, encoding="utf-8")


def test_pages_are_loaded_once_however_often_one_asks(folder: Path) -> None:
    assert load(folder) == 1
    before = Page.objects.values().get(), Page.history.count()
    assert load(folder) == 0
    assert (Page.objects.values().get(), Page.history.count()) == before


def test_a_new_release_renews_what_nobody_has_edited(folder: Path) -> None:
    load(folder)
    write(folder, "about", "en", "About us", "We began long ago.")
    assert load(folder) == 1
    assert Page.objects.get().body_en == "We began long ago."


def test_a_new_release_leaves_alone_what_a_coordinator_has_edited(folder: Path) -> None:
    load(folder)
    page = Page.objects.get()
    page.body_el = "Αλλαγή"
    page.save()
    write(folder, "about", "en", "About us", "We began long ago.")
    assert load(folder) == 0
    assert (Page.objects.get().body_en, Page.objects.get().body_el) == ("We began in 2014.", "Αλλαγή")


def test_a_page_that_a_coordinator_put_back_as_it_was_is_renewed_again(folder: Path) -> None:
    load(folder)
    page = Page.objects.get()
    page.body_el, kept = "Αλλαγή", page.body_el
    page.save()
    page.body_el = kept
    page.save()
    write(folder, "about", "en", "About us", "We began long ago.")
    assert load(folder) == 1


@pytest.mark.parametrize("text", ["words before\n== title\nx", "== title\na\n== title\nb"])
def test_a_file_that_cannot_be_read_loads_nothing(text: str, folder: Path) -> None:
    (folder / "help").mkdir()
    (folder / "help" / "en.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="section"):
        load(folder)
    assert not Page.objects.exists()


def test_our_own_pages_are_complete_in_nine_languages() -> None:
    call_command("load_pages")
    assert set(Page.objects.values_list("slug", flat=True)) == {*SLUGS, "home"}
    for page in Page.objects.all():
        for code in CODES:
            assert getattr(page, f"title_{code}"), (page.slug, code)
            assert getattr(page, f"summary_{code}") or getattr(page, f"body_{code}"), (page.slug, code)


def test_about_says_that_there_is_sample_content_in_every_language() -> None:
    for code in CODES:
        text = (settings.PROJECT / "data" / "pages" / "about" / f"{code}.md").read_text(encoding="utf-8")
        assert len(text.split()) > 100, code


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_reads_in_every_language(slug: str, client: Client) -> None:
    factories.pages()
    for code in CODES:
        response = client.get(f"/{code}/{slug}/")
        assert response.status_code == 200
        assert not response.cookies
        root = tree(response)
        assert root.get("lang") == code
        assert text_of(root.find(".//h1")) == f"{slug} ({code})"
        assert set(links(root, "alternate")) == {*CODES, "x-default"}
        assert links(root, "canonical") == {"": f"http://testserver/{code}/{slug}/"}


def test_a_page_that_a_language_lacks_reads_in_english_and_is_marked(folder: Path, client: Client) -> None:
    load(folder)
    root = tree(client.get("/hr/about/"))
    assert root.get("lang") == "hr"
    assert languages_within(root, "We began in 2014.") == {"en"}
    assert languages_within(root, "About us") == {"en"}
    assert languages_within(tree(client.get("/el/about/")), "Ξεκινήσαμε το 2014.") == {"el"}


def test_a_page_that_nobody_has_loaded_is_not_found(client: Client) -> None:
    assert client.get("/en/about/").status_code == 404


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("[x](page:help)", "[x](/en/help/)"),
        ("[x](page:contact)", "[x](/en/contact/)"),
        ("[x](room:fiches)", "[x](/en/fiches/)"),
        ("[x](room:topics)", "[x](/en/topics/)"),
        ("[x](page:nowhere)", "[x](/en/)"),
        ("[x](https://example.org/page:help)", "[x](https://example.org/page:help)"),
    ],
)
def test_a_link_by_name_leads_to_the_page_in_the_readers_language(link: str, address: str) -> None:
    assert with_addresses(link) == address


def test_markup_in_a_page_does_not_run(client: Client) -> None:
    factories.pages()
    Page.objects.filter(slug="about").update(
        body_en="<script>alert(1)</script> [x](javascript:alert(2)) ![y](//evil/z.png)"
    )
    root = tree(client.get("/en/about/"))
    main = root.find(".//main")
    assert not main.findall(".//script")
    assert not main.findall(".//img")
    assert "javascript:" not in "".join(link.get("href", "") for link in main.findall(".//a"))


def test_the_home_page_reads_without_any_words_loaded(client: Client) -> None:
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_home_and_pages_ask_the_database_as_often_for_one_fiche_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    factories.pages()
    for number in range(rows):
        factories.fiche(f"Number {number}", translations=("el",))
    with django_assert_num_queries(18):
        client.get("/el/")
    with django_assert_num_queries(1):
        client.get("/el/about/")
    with django_assert_num_queries(3):
        client.get("/el/partners/")


# ---------------------------------------------------------------- the admin


def test_a_coordinator_edits_a_page_and_the_change_is_remembered(client: Client) -> None:
    factories.pages()
    page = Page.objects.get(slug="about")
    coordinator = factories.coordinator()
    client.force_login(coordinator)
    address = f"/admin/pages/page/{page.pk}/change/"
    assert client.get(address).status_code == 200
    fields = {
        f"{part}_{code}": getattr(page, f"{part}_{code}") for part in ("title", "summary", "body") for code in CODES
    }
    response = client.post(address, {**fields, "title_el": "Νέος τίτλος"})
    assert response.status_code == 302
    assert Page.objects.get(slug="about").title_el == "Νέος τίτλος"
    assert Page.history.filter(slug="about").latest().history_user == coordinator


def test_nobody_else_edits_a_page(client: Client) -> None:
    factories.pages()
    page = Page.objects.get(slug="about")
    for user in (factories.person(is_staff=True), factories.superuser(), factories.administrator()):
        client.force_login(user)
        for path in ("", "change/", "history/", "delete/"):
            address = f"/admin/pages/page/{page.pk}/{path}" if path else "/admin/pages/page/add/"
            assert client.get(address).status_code == 403, path
            assert client.post(address, {"title_el": "x"}).status_code == 403, path
    assert Page.objects.get(slug="about").title_el == "about (el)"
