"""The nine catalogues: compiled without gettext, and complete."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from clavet.languages import CODES
from clavet.operations import catalogue_checks, catalogues
from clavet.operations.problems import NotReady

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\\n"

msgid "Topics"
msgstr "Teme"

#, fuzzy
msgid "Contact"
msgstr "Dodir"

msgctxt "sort by"
msgid "title"
msgstr "naslovu"

msgid "%(n)s fiche"
msgid_plural "%(n)s fiches"
msgstr[0] "%(n)s kartica"
msgstr[1] "%(n)s kartice"
msgstr[2] "%(n)s kartica ukupno"
"""


@pytest.fixture
def croatian(tmp_path: Path) -> Path:
    """A Croatian catalogue in a directory of its own."""
    path = catalogues.path_of(tmp_path, "hr")
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def compiled(path: Path) -> gettext.GNUTranslations:
    """The compiled form of a catalogue."""
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_catalogue_is_compiled_with_contexts_and_all_plural_forms(croatian: Path, tmp_path: Path) -> None:
    assert catalogues.compile_changed(tmp_path) == ["hr"]
    words = compiled(croatian)
    assert words.gettext("Topics") == "Teme"
    assert words.pgettext("sort by", "title") == "naslovu"
    said = [words.ngettext("%(n)s fiche", "%(n)s fiches", number) for number in (1, 21, 2, 5, 11)]
    assert said == ["%(n)s kartica"] * 2 + ["%(n)s kartice"] + ["%(n)s kartica ukupno"] * 2


def test_what_is_uncertain_is_not_shown(croatian: Path, tmp_path: Path) -> None:
    catalogues.compile_changed(tmp_path)
    assert compiled(croatian).gettext("Contact") == "Contact"


def test_only_what_changed_is_compiled(croatian: Path, tmp_path: Path) -> None:
    catalogues.compile_changed(tmp_path)
    assert catalogues.compile_changed(tmp_path) == []
    later = croatian.with_suffix(".mo").stat().st_mtime + 10
    os.utime(croatian, (later, later))
    assert catalogues.compile_changed(tmp_path) == ["hr"]


def test_a_broken_catalogue_is_named(croatian: Path, tmp_path: Path) -> None:
    croatian.write_text(PO + '\nmsgid "open\n', encoding="utf-8")
    with pytest.raises(NotReady) as refusal:
        catalogues.compile_changed(tmp_path)
    assert str(croatian) in refusal.value.problem


@pytest.mark.parametrize("code", CODES)
def test_plurals_follow_django_s_own_rule(code: str) -> None:
    import django

    rule, name = "", code
    path = Path(django.__file__).parent / "conf" / "locale" / name / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        rule = gettext.GNUTranslations(file).info().get("plural-forms", catalogues.TWO)
    forms, ours = (gettext.c2py(text.split("plural=")[1].rstrip(";")) for text in (rule, catalogues.PLURAL_FORMS[code]))
    last = 1 if code in {"es", "fr", "it"} else 2
    # Whole millions apart, which have a form of their own in Django's Spanish, French and Italian.
    for number in range(5000):
        theirs = forms(number)
        assert ours(number) == (min(theirs, last) if number else ours(0)), number


@pytest.mark.parametrize("code", CODES)
def test_every_catalogue_says_its_language_and_its_plural_rule(code: str) -> None:
    path = catalogues.path_of(settings.PROJECT / "locale", code)
    assert path.read_text(encoding="utf-8").startswith(catalogues.header(code))


def test_the_catalogues_are_complete_certain_and_true_to_the_code() -> None:
    found = catalogue_checks.problems(settings.PROJECT)
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize(
    ("msgid", "msgstr", "problem"),
    [
        ('msgid "By %(name)s"', 'msgstr "Od"', "placeholders"),
        ('msgid "By {name}"', 'msgstr "Od {ime}"', "placeholders"),
        ('msgid "<b>Bold</b>"', 'msgstr "<i>Bold</i>"', "tags"),
        ('msgid "Topics"', 'msgstr " "', "empty"),
        ('#, fuzzy\nmsgid "Topics"', 'msgstr "Teme"', "fuzzy"),
        ('msgid "Nothing was found here"', 'msgstr "Nothing was found here"', "English"),
        ('msgid "a"\nmsgid_plural "b"', 'msgstr[0] "x"\nmsgstr[1] "y"', "plural form is missing"),
        (
            'msgid "One fiche"\nmsgid_plural "%(n)s fiches"',
            'msgstr[0] "Jedna"\nmsgstr[1] "%(n)s kartice"\nmsgstr[2] "%(n)s kartica"',
            "placeholders",
        ),
    ],
)
def test_what_would_mislead_readers_is_found(croatian: Path, msgid: str, msgstr: str, problem: str) -> None:
    head = PO.split("msgid", 2)[1].join(["msgid", ""])
    croatian.write_text(f"{head}\n{msgid}\n{msgstr}\n", encoding="utf-8")
    found = list(catalogue_checks.problems_of(catalogues.read(croatian, "hr")))
    assert len(found) == 1, found
    assert problem in found[0]


def test_a_form_for_one_number_only_may_leave_the_number_out(tmp_path: Path) -> None:
    path = catalogues.path_of(tmp_path, "it")
    path.parent.mkdir(parents=True)
    entry = 'msgid "One fiche"\nmsgid_plural "%(n)s fiches"\nmsgstr[0] "Una scheda"\nmsgstr[1] "%(n)s schede"\n'
    path.write_text(catalogues.header("it") + entry, encoding="utf-8")
    assert not list(catalogue_checks.problems_of(catalogues.read(path, "it")))


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("hr", 21, 0),
        ("hr", 3, 1),
        ("hr", 12, 2),
        ("ro", 1, 0),
        ("ro", 19, 1),
        ("ro", 20, 2),
        ("fr", 0, 0),
        ("tr", 2, 1),
    ],
)
def test_django_speaks_in_the_right_plural(code: str, number: int, expected: int) -> None:
    catalogues.compile_changed(settings.PROJECT / "locale")
    key = ("%(number)d fiche", "%(number)d fiches")
    forms = catalogues.read(catalogues.path_of(settings.PROJECT / "locale", code), code).get(key[0]).string
    with translation.override(code):
        assert translation.ngettext(*key, number) == (forms[expected] or key[min(expected, 1)])
