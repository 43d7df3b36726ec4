"""The page of a fiche: in which language it reads, what its readers are told, where its addresses lead."""

from __future__ import annotations

import datetime
import json
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone

from clavet.languages import CODES
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Version
from fiches.models import Fiche
from tests import factories
from tests.fiches.pages import languages_within, links, text_of, tree

pytestmark = pytest.mark.django_db


def page(client: Client, record: Fiche, language: str) -> Element:
    response = client.get(Fiche.objects.get(pk=record.pk).url_in(language))
    assert response.status_code == 200
    return tree(response)


def notices(root: Element) -> str:
    return " ".join(text_of(item) for item in root.findall(".//div[@class='notices']"))


def title(root: Element) -> tuple[str, str | None]:
    heading = root.find(".//article//h1")
    return text_of(heading), heading.get("lang")


# ---------------------------------------------------------------- the states of a translation


def test_the_source_text_reads_without_any_notice(client: Client) -> None:
    root = page(client, factories.fiche(), "en")
    assert root.get("lang") == "en"
    assert title(root) == ("A workshop bus", None)
    assert notices(root) == ""
    assert languages_within(root, "Ask the schools first.") == {"en"}


def test_a_published_translation_reads_as_if_it_were_the_source(client: Client) -> None:
    root = page(client, factories.fiche(translations=("el",)), "el")
    assert root.get("lang") == "el"
    assert title(root) == ("A workshop bus [el]", None)
    assert notices(root) == ""
    assert languages_within(root, "Ask the schools first. [el]") == {"el"}


def test_a_fiche_that_is_not_translated_reads_in_its_own_language_and_is_marked_as_such(client: Client) -> None:
    record = factories.fiche(source_language="el")
    root = page(client, record, "en")
    assert root.get("lang") == "en"
    assert title(root) == ("A workshop bus", "el")
    for words in ("A workshop bus, in short.", "Why A workshop bus was needed.", "Ask the schools first."):
        assert languages_within(root, words) == {"el"}, words
    assert "has not been translated into your language yet" in notices(root)
    assert "Ελληνικά" in notices(root)
    assert f"/en/contact/translation/{record.code_id}/" in [link.get("href") for link in root.findall(".//a")]


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_every_language_has_a_page_of_a_fiche_that_is_not_translated(language: str, client: Client) -> None:
    root = page(client, factories.fiche(), language)
    assert root.get("lang") == language
    assert title(root) == ("A workshop bus", "en")
    assert languages_within(root, "Ask the schools first.") == {"en"}
    assert notices(root)


def test_of_a_summary_translation_the_head_is_translated_and_the_body_is_marked(client: Client) -> None:
    record = factories.fiche()
    factories.translate(record, "tr", part="summary")
    root = page(client, record, "tr")
    assert title(root) == ("A workshop bus [tr]", None)
    assert languages_within(root, "A workshop bus, in short. [tr]") == {"tr"}
    assert languages_within(root, "Ask the schools first.") == {"en"}
    assert "English" in notices(root)


def test_an_outdated_translation_says_how_much_has_changed_and_leads_to_the_source(client: Client) -> None:
    record = factories.fiche(translations=("el", "fr"))
    record = factories.renew(record, "major")
    root = page(client, record, "fr")
    assert title(root) == ("A workshop bus [fr]", None)
    hrefs = [link.get("href") for link in root.findall(".//div[@class='notices']//a")]
    assert record.url_in("en") in hrefs
    assert "1" in notices(root)
    assert "2" in notices(root)


def test_readers_learn_whether_a_change_was_one_of_substance(client: Client) -> None:
    record = factories.fiche(source_language="el", translations=("en",))
    factories.renew(record, "medium", now=factories.long_ago(40))
    assert "Parts of the source text have changed" in notices(page(client, record, "en"))
    factories.renew(record, "major")
    assert "changed in substance" in notices(page(client, record, "en"))


def test_in_the_days_of_grace_and_after_an_editorial_change_readers_are_told_nothing(client: Client) -> None:
    record = factories.fiche(source_language="el", translations=("en",))
    factories.renew(record, "editorial")
    factories.renew(record, "medium", now=factories.long_ago(10))
    assert notices(page(client, record, "en")) == ""


def test_what_an_older_translation_lacks_reads_in_the_source_language_and_is_marked(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    factories.renew(
        record, indicators=[factories.indicator("i1")], texts={"indicator.i1.name": "Places a year", "who": "Us"}
    )
    root = page(client, record, "el")
    assert languages_within(root, "Places a year") == {"en"}
    assert languages_within(root, "Ask the schools first. [el]") == {"el"}


def test_a_text_translated_by_machine_is_labelled_on_the_page_and_in_lists(client: Client) -> None:
    record = factories.fiche(source_language="el")
    factories.translate(record, "en", method="machine")
    root = page(client, record, "en")
    assert "translated by machine" in notices(root)
    assert "Machine translation" in text_of(root.find(".//article//header"))
    assert "Machine translation" in client.get("/en/fiches/").content.decode()
    edited = factories.fiche("Other", source_language="el")
    factories.translate(edited, "en", method="machine_edited")
    assert "translated by machine" not in notices(page(client, edited, "en"))


def test_a_page_says_who_translated_it_and_how(client: Client) -> None:
    record = factories.fiche(source_language="el")
    factories.translate(record, "en", method="machine_edited", translator="T. Ranslator")
    assert "Translated by machine, edited by a person: T. Ranslator" in text_of(page(client, record, "en"))


def test_figures_are_written_as_the_readers_country_writes_them(client: Client) -> None:
    texts = {"indicator.i1.name": "Places"}
    record = factories.fiche(indicators=[factories.indicator("i1", after="12345.5")], texts=texts)
    assert "12,345.5" in text_of(page(client, record, "en").find(".//tbody"))
    assert "12.345,5" in text_of(page(client, record, "el").find(".//tbody"))


def test_no_markup_that_somebody_wrote_runs_in_our_name(client: Client) -> None:
    attack = '<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) "><b>'
    texts = dict.fromkeys(("title", "summary", "context", "what_was_done", "who", "what", "result"), attack)
    rows = {"sources": [factories.source("s1", title=attack, publisher=attack)]}
    record = factories.fiche(texts=texts, **rows)
    for path in (
        record.url_in("en"),
        record.url_in("el"),
        "/en/fiches/",
        "/en/",
        f"/en/contact/error/{record.code_id}/",
    ):
        root = tree(client.get(path))
        assert not root.findall(".//img[@onerror]"), path
        assert not [link for link in root.findall(".//a") if "javascript:" in link.get("href", "")], path
        for script in root.findall(".//script"):
            assert script.get("src") or script.get("type") == "application/ld+json", path
    found = json.loads(tree(client.get(record.url_in("en"))).find(".//script[@type='application/ld+json']").text)
    assert found["name"] == attack.strip()


# ---------------------------------------------------------------- notices about the record


def test_an_archived_fiche_stays_readable_with_a_notice_and_leaves_all_lists(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    factories.pages()
    lifecycle.archive_record(record, actor=OPERATOR, reason="Old")
    assert "has been archived" in notices(page(client, record, "en"))
    for path in ("/en/", "/en/fiches/", "/en/fiches/feed.atom", "/sitemap.xml", "/en/topics/apprenticeships/"):
        assert record.code_id not in client.get(path).content.decode(), path
    assert client.get(f"/id/{record.code_id}").status_code == 302
    assert client.get(f"/en/fiches/{record.code_id}/v/1/").status_code == 200


def test_an_invented_example_says_so_wherever_it_is(client: Client) -> None:
    record = factories.fiche()
    Fiche.objects.update(is_example=True)
    assert "invented example" in notices(page(client, record, "en"))
    assert "Example" in client.get("/en/fiches/").content.decode()


def test_a_confirmed_fiche_says_when(client: Client) -> None:
    record = factories.fiche()
    lifecycle.confirm_record(record, actor=OPERATOR, today=datetime.date(2027, 5, 3))
    assert "confirmed May 2027" in text_of(page(client, record, "en"))


def test_a_fiche_that_nobody_confirmed_for_long_warns_its_readers(client: Client) -> None:
    record = factories.fiche()
    Fiche.objects.update(review_by=timezone.localdate() - datetime.timedelta(days=180))
    assert notices(page(client, record, "en")) == ""
    Fiche.objects.update(review_by=timezone.localdate() - datetime.timedelta(days=190))
    assert "have not been" in notices(page(client, record, "en"))


# ---------------------------------------------------------------- addresses


def test_a_wrong_or_missing_slug_leads_to_the_right_one_for_good(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    for path in (f"/el/fiches/{record.code_id}/", f"/el/fiches/{record.code_id}/wrong/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, record.url_in("el"))


def test_an_address_carries_the_title_of_its_language_and_of_the_source_where_there_is_none(client: Client) -> None:
    record = factories.fiche()
    text = factories.translated(factories.document(), "el")
    text["texts"]["title"] = "Λεωφορείο εργαστηρίων"
    record = factories.translate(record, "el", text=text)
    assert record.url_in("el") == f"/el/fiches/{record.code_id}/leophoreio-ergasterion/"
    assert record.url_in("tr") == f"/tr/fiches/{record.code_id}/a-workshop-bus/"


@pytest.mark.parametrize("heading", ["!!!", "…", "💥", "---"])
def test_a_title_of_which_nothing_is_left_for_an_address_still_has_one(heading: str, client: Client) -> None:
    record = factories.fiche(heading)
    assert client.get(record.url_in("en")).status_code == 200
    assert client.get(f"/en/fiches/{record.code_id}/").status_code == 301


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("el", "el"),
        ("tr;q=0.9, hr", "hr"),
        ("de, fr;q=0.5", "fr"),
        ("de", "en"),
        ("", "en"),
        ("el-CY", "el"),
        ("*", "en"),
    ],
)
def test_the_permanent_address_leads_to_the_readers_language(accepted: str, language: str, client: Client) -> None:
    record = factories.fiche(translations=("el",))
    response = client.get(f"/id/{record.code_id}", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, record.url_in(language))
    assert "Accept-Language" in response["Vary"]


def test_a_code_that_never_was_is_not_found(client: Client) -> None:
    for path in ("/en/fiches/CF-9999/", "/id/CF-9999", "/id/AU-0001", "/id/x", "/en/fiches/CF-0001%00/", "/id/CF-٠٠٠١"):
        assert client.get(path).status_code == 404, path


def test_a_withdrawn_fiche_says_that_it_is_gone_and_why(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    lifecycle.withdraw_record(record, actor=OPERATOR, reason="The authority asked us to.")
    paths = [record.url_in("en"), record.url_in("el"), f"/id/{record.code_id}", f"/en/fiches/{record.code_id}/v/1/"]
    paths += [f"/en/fiches/{record.code_id}/v/1/cite/en.bib", f"/en/contact/error/{record.code_id}/"]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 410, path
        assert "The authority asked us to." in response.content.decode()
        assert "workshop" not in text_of(tree(response).find(".//main"))


def test_a_merged_fiche_leads_to_the_one_that_took_it_over(client: Client) -> None:
    record, other = factories.fiche("One"), factories.fiche("Other")
    lifecycle.merge_record(record, other, actor=OPERATOR)
    for path in (record.url_in("el"), f"/id/{record.code_id}", f"/en/fiches/{record.code_id}/v/1/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, f"/id/{other.code_id}"), path
    third = factories.fiche("Third")
    lifecycle.merge_record(other, third, actor=OPERATOR)
    followed = client.get(record.url_in("en"), follow=True)
    assert followed.redirect_chain[-1][0] == third.url_in("en")


def test_the_language_menu_stays_on_the_fiche_under_its_address_in_each_language(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    root = page(client, record, "el")
    menu = {link.get("hreflang"): link.get("href") for link in root.findall(".//ul[@class='language-list']//a")}
    assert menu == {code: record.url_in(code) for code in CODES}


# ---------------------------------------------------------------- the head


def test_canonical_and_alternates_name_just_the_languages_that_it_is_published_in(client: Client) -> None:
    record = factories.fiche(translations=("el", "tr"))
    site = "http://testserver"
    for language, canonical in (("en", "en"), ("el", "el"), ("it", "en")):
        root = page(client, record, language)
        assert links(root, "canonical") == {"": site + record.url_in(canonical)}
        expected = {code: site + record.url_in(code) for code in ("en", "el", "tr")}
        assert links(root, "alternate") | {"": ""} == {**expected, "x-default": site + record.url_in("en"), "": ""}


def test_an_outdated_translation_is_still_an_alternate(client: Client) -> None:
    record = factories.renew(factories.fiche(translations=("el",)))
    assert "el" in links(page(client, record, "en"), "alternate")


def test_what_machines_read_in_the_head_fits_the_page(client: Client) -> None:
    record = factories.translate(factories.fiche(), "el", translator="Μ. Μ.")
    root = page(client, record, "el")
    found = json.loads(root.find(".//script[@type='application/ld+json']").text)
    assert (found["name"], found["inLanguage"], found["identifier"]) == ("A workshop bus [el]", "el", record.code_id)
    assert found["translator"]["name"] == "Μ. Μ."
    assert found["@id"] == f"http://testserver/id/{record.code_id}"
    properties = {item.get("property"): item.get("content") for item in root.findall(".//meta[@property]")}
    assert properties["og:locale"] == "el_GR"
    assert properties["og:title"].startswith("A workshop bus [el]")
    assert properties["og:url"] == f"http://testserver{record.url_in('el')}"


def test_in_a_language_without_translation_machines_are_told_the_language_of_the_text(client: Client) -> None:
    root = page(client, factories.fiche(), "tr")
    found = json.loads(root.find(".//script[@type='application/ld+json']").text)
    assert (found["name"], found["inLanguage"]) == ("A workshop bus", "en")


# ---------------------------------------------------------------- versions


def test_an_older_version_reads_as_it_was_in_every_language_that_it_had(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    record = factories.renew(record, title="A better bus", now=timezone.now())
    record = factories.translate(record, "el")
    for language, heading in (("en", "A workshop bus"), ("el", "A workshop bus [el]"), ("tr", "A workshop bus")):
        root = tree(client.get(f"/{language}/fiches/{record.code_id}/v/1/"))
        assert title(root)[0] == heading
        assert record.url_in(language) in [link.get("href") for link in root.findall(".//div[@class='notices']//a")]
        assert root.find(".//meta[@name='robots']").get("content") == "noindex"
    assert title(page(client, record, "en")) == ("A better bus", None)


def test_a_version_that_does_not_exist_is_not_found(client: Client) -> None:
    record = factories.fiche()
    for number in ("0", "2", "99999999999999999999999"):
        assert client.get(f"/en/fiches/{record.code_id}/v/{number}/").status_code == 404
        assert client.get(f"/en/fiches/{record.code_id}/v/{number}/cite/en.bib").status_code == 404


def test_in_the_place_of_a_withheld_version_stand_the_day_and_the_reason(client: Client) -> None:
    record = factories.renew(factories.fiche(translations=("el",)), title="Clean")
    lifecycle.withhold_version(Version.objects.get(number=1), actor=OPERATOR, why="privacy", note="internal")
    response = client.get(f"/en/fiches/{record.code_id}/v/1/")
    assert response.status_code == 410
    assert "to protect somebody’s privacy" in response.content.decode()
    assert "internal" not in text_of(tree(response).find(".//main"))
    assert "Withheld on" in text_of(page(client, record, "en"))
    for path in ("cite/en.bib", "files/a1/form.docx"):
        assert client.get(f"/en/fiches/{record.code_id}/v/1/{path}").status_code == 404


def test_a_translation_of_a_withheld_version_is_withheld_with_it_and_comes_back_with_it(client: Client) -> None:
    record = factories.renew(factories.fiche(translations=("el",)), title="Clean")
    version = lifecycle.withhold_version(Version.objects.get(number=1), actor=OPERATOR, why="privacy")
    assert title(page(client, record, "el")) == ("Clean", "en")
    assert "A workshop bus" not in client.get("/el/fiches/").content.decode()
    lifecycle.release_version(version, actor=OPERATOR)
    assert title(page(client, record, "el")) == ("A workshop bus [el]", None)


def test_the_history_tells_what_changed_in_the_readers_language_if_it_can(client: Client) -> None:
    record = factories.renew(factories.fiche(), change_note={"en": "Costs added"})
    assert languages_within(page(client, record, "tr"), "Costs added") == {"en"}
    assert languages_within(page(client, record, "en"), "Costs added") == {"en"}


# ---------------------------------------------------------------- files


def test_a_file_is_taken_away_and_never_shown_in_our_name(client: Client) -> None:
    record = factories.fiche(
        attachments=[factories.attachment("a1", factories.docx(), "form.docx")], texts={"attachment.a1.title": "Form"}
    )
    root = page(client, record, "en")
    address = next(link.get("href") for link in root.findall(".//a") if "/files/" in link.get("href", ""))
    response = client.get(address)
    assert b"".join(response.streaming_content) == factories.docx()
    assert response["Content-Disposition"] == 'attachment; filename="form.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"].startswith("application/vnd.openxmlformats")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_file_answers_under_its_own_row_and_name_alone(client: Client) -> None:
    record = factories.fiche(
        attachments=[factories.attachment("a1", factories.docx(), "form.docx")], texts={"attachment.a1.title": "Form"}
    )
    base = f"/en/fiches/{record.code_id}/v/1/files"
    for path in ("a2/form.docx", "a1/other.docx", "a1/..%2Fform.docx", "a1/form.docx%00"):
        assert client.get(f"{base}/{path}").status_code == 404


def test_a_file_that_a_later_version_dropped_stays_with_the_version_that_names_it(client: Client) -> None:
    record = factories.fiche(
        attachments=[factories.attachment("a1", factories.docx(), "form.docx")], texts={"attachment.a1.title": "Form"}
    )
    factories.renew(record)
    response = client.get(f"/en/fiches/{record.code_id}/v/1/files/a1/form.docx")
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert client.get(f"/en/fiches/{record.code_id}/v/2/files/a1/form.docx").status_code == 404


# ---------------------------------------------------------------- the number of queries


def full_fiche(rows: int) -> Fiche:
    keys = [f"i{number}" for number in range(1, rows + 1)]
    texts = {f"indicator.{key}.name": key for key in keys} | {f"step.{key}.text": key for key in keys}
    texts |= {f"attachment.{key}.title": key for key in keys}
    record = factories.fiche(
        indicators=[factories.indicator(key) for key in keys],
        sources=[factories.source(f"s{key}") for key in keys],
        steps=[{"id": key} for key in keys],
        attachments=[factories.attachment(key, factories.pdf(key), "form.pdf") for key in keys],
        texts=texts,
        related=[factories.fiche(f"Other {key}", translations=("el",)).code_id for key in keys],
    )
    for language in ("el", "tr", "it")[:rows]:
        factories.translate(record, language)
    for _turn in range(rows - 1):
        current = Fiche.objects.get(pk=record.pk)
        factories.renew(
            current, "editorial", body={**Version.objects.get(code=record.code, number=current.version).document}
        )
    return Fiche.objects.get(pk=record.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fiche_page_asks_the_database_as_often_whatever_hangs_on_it(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    record = full_fiche(rows)
    client.get(record.url_in("el"))
    with django_assert_num_queries(12):
        client.get(record.url_in("el"))
    with django_assert_num_queries(10):
        client.get(f"/el/fiches/{record.code_id}/v/1/")
