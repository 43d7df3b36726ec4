"""The page of results: who finds what, why it is there, and what helps where nothing is."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from clavet.languages import CODES
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.search.models import IndexEntry, IndexWord
from fiches.models import Fiche
from tests import factories
from tests.fiches.pages import text_of, tree
from tests.search.asking import ask, bring, fiche

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary(db: None) -> None:
    """The portal's own topics."""
    call_command("load_vocabulary", verbosity=0)


def test_a_word_is_found_in_any_form_with_and_without_accents() -> None:
    bring(fiche("CF-0001", "el", title="Η μαθητεία σε τρεις δήμους", summary="Μια σύντομη περιγραφή."))
    for typed in ("μαθητεία", "μαθητείες", "ΜΑΘΗΤΕΙΑ", "μαθητειας", "δήμος"):
        answer = ask(typed, "el")
        assert (answer.codes, answer.total, answer.own) == (["CF-0001"], 1, 1), typed


def test_all_words_have_to_be_there() -> None:
    bring(
        fiche("CF-0001", title="A bus to the workshop", summary="For apprentices."),
        fiche("CF-0002", title="A bus to the pool", summary="For pupils."),
    )
    assert ask("bus apprentices").codes == ["CF-0001"]
    assert ask("bus").total == 2
    assert ask("bus library").total == 0


def test_a_minus_leaves_out_and_quotation_marks_keep_together() -> None:
    bring(
        fiche("CF-0001", title="Night school for adults", summary="Lessons in the evening."),
        fiche("CF-0002", title="A school that never sleeps at night", summary="Open doors."),
    )
    assert ask("night school").total == 2
    assert ask('"night school"').codes == ["CF-0001"]
    assert ask("“night school”").codes == ["CF-0001"]
    assert ask("school -adults").codes == ["CF-0002"]
    assert ask('school -"night school"').codes == ["CF-0002"]


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    bring(fiche("CF-0001", title="A guide to apprenticeship", summary="Contracts for beginners."))
    assert ask('"apprenticeship contracts"').total == 0
    assert ask("apprenticeship contracts").total == 1


def test_what_has_the_words_in_its_title_comes_first_and_ties_go_by_code() -> None:
    bring(
        fiche("CF-0001", title="Three towns", summary="They built one.", context="A swimming bath for all pupils."),
        fiche("CF-0002", title="Three towns again", summary="About a swimming bath.", context="It was cold."),
        fiche("CF-0003", title="A swimming bath", summary="Paid by three towns.", context="It was cold."),
        fiche("CF-0004", title="Our swimming bath", summary="Paid by nobody.", context="It was cold."),
    )
    assert ask("swimming bath").codes == ["CF-0003", "CF-0004", "CF-0002", "CF-0001"]


def test_a_topic_leads_to_records_of_every_language_and_says_so(vocabulary: None) -> None:
    bring(
        fiche("CF-0001", "hr", title="Tri općine, jedan majstor", summary="Zajednički.", topics=("apprenticeship",)),
        fiche("CF-0002", "el", title="Ένας δρόμος για νέους", summary="Σύντομα.", topics=("apprenticeship",)),
        fiche("CF-0003", "hr", title="Nešto drugo", summary="Bez veze.", topics=("school-transport",)),
    )
    answer = ask("μαθητεία", "el")
    assert answer.codes == ["CF-0002", "CF-0001"]
    assert answer.languages == ["el", "hr"]
    assert (answer.total, answer.own) == (2, 1)
    assert "θέμα: μαθητεία" in answer.reasons("CF-0001")
    assert "Σε άλλες γλώσσες" in answer.text


def test_a_topic_is_met_by_a_label_of_any_language(vocabulary: None) -> None:
    bring(fiche("CF-0001", "tr", title="Üç belediye", summary="Kısaca.", topics=("apprenticeship",)))
    for language in CODES:
        assert ask("apprentissage en entreprise", language).total in (0, 1)
        assert ask("μαθητείες", language).codes == ["CF-0001"], language


def test_a_record_counts_once_and_shows_in_the_readers_language() -> None:
    factories.fiche("A workshop bus", translations=("el", "tr"))
    answer = ask("workshop", "tr")
    assert (answer.total, answer.own, answer.languages) == (1, 1, ["tr"])


def test_what_is_only_in_another_language_is_found_by_its_words() -> None:
    bring(fiche("CF-0001", "fr", title="Le car des apprentis", summary="Un transport commun."))
    answer = ask("transport", "en")
    assert (answer.codes, answer.languages, answer.own) == (["CF-0001"], ["fr"], 0)
    assert "text in Français" in answer.reasons("CF-0001")


def test_a_word_that_means_something_else_in_another_language_brings_no_record_that_can_be_read_here() -> None:
    bring(
        fiche("CF-0001", "ro", title="Ucenici în trei orașe", context="Pe scurt.")
        | {"title": {"ro": "Ucenici în trei orașe", "hr": "Naukovanje u tri grada"}},
        fiche("CF-0002", "hr", title="Učenici u tri grada", summary="Kratko."),
    )
    assert ask("učenici", "hr").codes == ["CF-0002"]


def test_filters_count_what_they_would_leave_and_stay_through_pages() -> None:
    for number in range(22):
        factories.fiche(f"Bus number {number}", phases=["formulation" if number % 2 else "monitoring"])
    answer = ask("bus", phase="monitoring")
    assert answer.total == 11
    counter = answer.root.find(".//*[@id='count-phase-formulation']")
    assert text_of(counter) == "11"
    first = ask("bus")
    assert (first.total, len(first.codes)) == (22, 20)
    onward = first.root.find(".//a[@rel='next']").get("href")
    second = tree(Client().get(onward))
    codes = [card.get("data-code") for card in second.findall(".//article")]
    assert len(codes) == 2
    assert not set(codes) & set(first.codes)


def test_what_was_found_is_marked_in_title_summary_or_in_a_passage_of_the_text() -> None:
    bring(
        fiche("CF-0001", title="Lending bicycles", summary="To pupils."),
        fiche("CF-0002", title="On the road", summary="In short.", context="First came the plan, then a bicycle."),
    )
    answer = ask("bicycle")
    assert answer.marked() == ["bicycles", "bicycle"]
    assert "text" in answer.reasons("CF-0002")
    assert "title" in answer.reasons("CF-0001")


def test_markup_in_a_text_stays_text() -> None:
    bring(fiche("CF-0001", title="<script>alert(1)</script> school", summary="<b>school</b>", context="x"))
    page = Client().get("/en/search/", {"q": "school"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;<mark>school</mark>" in page


def test_a_slip_of_the_pen_is_mended_and_said() -> None:
    bring(fiche("CF-0001", title="Apprenticeships in small towns", summary="In short."))
    answer = ask("aprenticeships")
    assert answer.codes == ["CF-0001"]
    assert "These are the results for “apprenticeships”" in answer.text


def test_the_beginning_of_a_word_is_enough() -> None:
    bring(fiche("CF-0001", title="Kindergarten places", summary="In short."))
    assert ask("kinderg").codes == ["CF-0001"]
    assert ask("kinderg*").codes == ["CF-0001"]


@pytest.mark.parametrize("typed", ["xqzvbnw", "xqzvbnw bus", "bus xqzvbnw", "школа", "ζζζξξξ"])
def test_nonsense_finds_nothing_and_the_page_helps(typed: str) -> None:
    bring(fiche("CF-0001", title="A bus to the workshop", summary="In short."))
    answer = ask(typed)
    assert answer.total == 0
    assert answer.root.find(".//a[@href='/en/contact/']") is not None
    assert "Nothing was found" in answer.text


def test_too_many_words_are_answered_with_fewer() -> None:
    bring(
        fiche("CF-0001", title="A bus to the workshop", summary="In short."),
        fiche("CF-0002", title="A library", summary="In short."),
    )
    answer = ask("bus workshop library")
    assert answer.total == 0
    assert [text_of(link) for link in answer.root.findall(".//div[@class='notice notice-portal nothing']//li/a")] == [
        "bus workshop"
    ]


def test_words_without_a_meaning_of_their_own_are_left_out_unless_there_are_no_others() -> None:
    bring(fiche("CF-0001", title="Bus to Mars", summary="In short.", context="One for all."))
    assert ask("the bus of the").codes == ["CF-0001"]
    assert ask("for").codes == ["CF-0001"]


def test_without_a_question_the_page_offers_topics() -> None:
    factories.fiche("A workshop bus", topics=["company-apprenticeships"])
    root = tree(Client().get("/en/search/"))
    assert root.find(".//section[@class='find-by-topic']//a") is not None
    assert root.find(".//div[@data-total]") is None


def test_what_leaves_the_public_leaves_the_index_with_its_words() -> None:
    record = factories.fiche("A zeppelin for pupils", translations=("el",))
    assert ask("zeppelin").codes == [record.code_id]
    lifecycle.archive_record(Fiche.objects.get(pk=record.pk), actor=OPERATOR)
    assert ask("zeppelin").total == 0
    assert ask("zeppelim").total == 0, "its words are not suggested any more"
    assert not IndexEntry.objects.exists()
    assert not IndexWord.objects.exists()


def test_drafts_are_neither_found_nor_suggested() -> None:
    record = factories.fiche("A public bus")
    factories.draft(
        record, "tr", factories.translated(record.code.versions.get().document, "tr"), by=factories.coordinator()
    )
    hidden = factories.unpublished()
    factories.draft(hidden, "en", factories.document("A secret zeppelin"), by=factories.coordinator())
    assert ask("zeppelin").total == 0
    assert ask("zeppelim").total == 0
    assert not IndexWord.objects.filter(word="zeppelin").exists()
    assert Client().get("/en/search/suggestions", {"q": "zepp"}).json() == {"topics": [], "titles": []}


def test_a_new_version_is_found_by_its_words_and_no_longer_by_the_old_ones() -> None:
    record = factories.fiche("A zeppelin for pupils")
    factories.renew(record, title="A submarine for pupils")
    assert ask("zeppelin").total == 0
    assert ask("submarine").codes == [record.code_id]


def test_while_typing_topics_come_first_then_titles(vocabulary: None) -> None:
    bring(
        fiche("CF-0001", title="Apprenticeship for grown-ups", summary="In short.", topics=("apprenticeship",)),
        fiche("CF-0002", title="An apprentice abroad", summary="In short."),
    )
    found = Client().get("/en/search/suggestions", {"q": "apprent"}).json()
    assert found["topics"][0]["label"] == "apprenticeships"
    assert found["topics"][0]["url"] == "/en/topics/apprenticeship/"
    assert [title["label"] for title in found["titles"]] == ["Apprenticeship for grown-ups", "An apprentice abroad"]
    assert (
        Client()
        .get("/en/search/suggestions", {"q": "apprentice abr"})
        .json()["titles"][0]["url"]
        .startswith("/en/fiches/CF-0002/")
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_the_database_as_often_for_one_fiche_as_for_three(
    number: int, client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for each in range(number):
        factories.fiche(f"Bus number {each}")
    with django_assert_num_queries(10):
        client.get("/en/search/", {"q": "bus number", "phase": "implementation"})
