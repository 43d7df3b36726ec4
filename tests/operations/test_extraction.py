"""Strings are collected from Python and from templates, and no translation is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clavet.languages import CODES
from clavet.operations import catalogues, extraction, package_strings

PYTHON = """\
from django.utils.translation import gettext as _, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import npgettext, pgettext, pgettext_lazy

A = _("Plain")
B = gettext_lazy("Lazy " "and long")
C = ngettext("%(n)d room", "%(n)d rooms", 2)
D = pgettext("verb", "Open")
E = npgettext("of a house", "%(n)d floor", "%(n)d floors", 2)
F = ngettext_lazy("one", "many", "n")
G = pgettext_lazy("adjective", "Open")
# Translators: shown on a door
H = _("Push")
I = _(A)
"""

TEMPLATE = """\
{% load i18n %}
<main>
    {# Translators: the name of the portal #}
    <h1>{% translate "Heading" %}</h1>
      {% translate "Broader" as broader %}{% include "x.html" with heading=_("Narrower") only %}
  <p title="{{ _("Hint") }}">{{ value|default:_("Nothing") }} 100 % (sic</p>
    {% translate "Open" context "verb" %}
        {% blocktranslate trimmed with who=person.name %}
            Written by {{ who }},
            100 % by hand
        {% endblocktranslate %}
    {% blocktranslate count n=total trimmed context "of records" %}
      {{ n }} fiche
    {% plural %}
      {{ n }} fiches
    {% endblocktranslate %}
</main>
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with one module and one template, and no gaps of packages."""
    monkeypatch.setattr(package_strings, "gaps", list)
    for path, text in {"fiches/models.py": PYTHON, "templates/fiches/page.html": TEMPLATE}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "fiches/migrations").mkdir()
    (tmp_path / "fiches/migrations/0001.py").write_text('_("Never")', encoding="utf-8")
    return tmp_path


def test_every_way_of_marking_a_string_is_known(project: Path) -> None:
    found = {(message.context, message.id) for message in extraction.collect(project) if message.id}
    assert found == {
        (None, "Plain"),
        (None, "Lazy and long"),
        (None, ("%(n)d room", "%(n)d rooms")),
        ("verb", "Open"),
        ("of a house", ("%(n)d floor", "%(n)d floors")),
        (None, ("one", "many")),
        ("adjective", "Open"),
        (None, "Push"),
        (None, "Heading"),
        (None, "Broader"),
        (None, "Narrower"),
        (None, "Hint"),
        (None, "Nothing"),
        (None, "Written by %(who)s, 100 %% by hand"),
        ("of records", ("%(n)s fiche", "%(n)s fiches")),
    }


def test_comments_for_translators_come_along(project: Path) -> None:
    assert extraction.collect(project).get("Push").auto_comments == ["Translators: shown on a door"]


def test_english_is_filled_and_the_others_wait_for_translators(project: Path) -> None:
    assert extraction.update_all(project) == list(CODES)
    english = catalogues.read(catalogues.path_of(project / "locale", "en"), "en")
    assert english.get("Plain").string == "Plain"
    assert english.get("%(n)d room").string == ("%(n)d room", "%(n)d rooms")
    croatian = catalogues.read(catalogues.path_of(project / "locale", "hr"), "hr")
    assert croatian.get("Plain").string == ""
    assert croatian.get("%(n)d room").string == ("", "", "")


def test_collecting_again_changes_nothing(project: Path) -> None:
    extraction.update_all(project)
    assert extraction.update_all(project) == []


def test_a_line_more_in_the_code_changes_no_catalogue(project: Path) -> None:
    extraction.update_all(project)
    module = project / "fiches/models.py"
    module.write_text("# A line more.\n" + module.read_text(encoding="utf-8"), encoding="utf-8")
    assert extraction.update_all(project) == []


def translate(path: Path, msgid: str, msgstr: str) -> None:
    """Writes a translation into a catalogue, as a translator would."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"'), encoding="utf-8"
    )


def test_translations_stay_and_a_changed_string_is_not_guessed(project: Path) -> None:
    extraction.update_all(project)
    path = catalogues.path_of(project / "locale", "el")
    translate(path, "Plain", "Απλό")
    translate(path, "Heading", "Επικεφαλίδα")
    module = project / "fiches/models.py"
    module.write_text(module.read_text(encoding="utf-8").replace('"Plain"', '"Plains"'), encoding="utf-8")
    extraction.update_all(project)
    greek = catalogues.read(path, "el")
    assert greek.get("Heading").string == "Επικεφαλίδα"
    assert greek.get("Plains").string == ""
    assert not greek.get("Plains").fuzzy
    assert "Απλό" not in path.read_text(encoding="utf-8")


def test_the_command_fails_where_something_is_missing(project: Path, settings) -> None:
    settings.PROJECT = project
    call_command("messages")
    with pytest.raises(CommandError, match="problems in the catalogues"):
        call_command("messages", "--check")


def test_what_django_leaves_untranslated_is_found() -> None:
    gaps = {gap.message for gap in package_strings.gaps()}
    assert "Enter a number." in gaps, "Django's Romanian has no good translation of it"
    assert "This field is required." not in gaps


def test_cedillas_in_romanian_count_as_missing() -> None:
    assert package_strings.is_good("Introduceți o adresă", "ro")
    assert not package_strings.is_good("Introduceţi o adresă", "ro")
    assert package_strings.is_good("Ağaç, şehir", "tr")


def test_what_a_package_translates_itself_is_taken_from_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gap = package_strings.Gap("django", None, ("%(size)d byte", "%(size)d bytes"))
    monkeypatch.setattr(package_strings, "gaps", lambda: [gap])
    extraction.update_all(project)
    french = catalogues.read(catalogues.path_of(project / "locale", "fr"), "fr")
    assert french.get("%(size)d byte").string == ("%(size)d octet", "%(size)d octets")
    romanian = catalogues.read(catalogues.path_of(project / "locale", "ro"), "ro")
    assert romanian.get("%(size)d byte").string == ("", "", "")
