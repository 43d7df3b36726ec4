"""What each language may say: every text of the portal in it, from the records and the catalogue.

A text on a page is *explained* in a language if it is one of these texts, or is made of them in one of the ways in
which our pages put texts together. What is not explained is in another language, or was written into a template.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override
from django_countries import countries

from clavet.languages import CODES, LANGUAGES, SOURCE
from clavet.operations import catalogues
from clavet.pages.models import Page
from clavet.pages.views import with_addresses
from clavet.publishing.models import Code, Translation, Version
from clavet.vocabulary.models import AlternativeLabel, Concept
from clavet.web.markdown import render
from clavet.web.rooms import ROOMS
from network.models import Authority
from practices.models import Adoption, AdoptionReport

# Names that are the same in every language, and why they may stand unmarked.
NAMES = {
    "CLAVET", "Erasmus+",  # ours, and the programme's
    "BibTeX", "RIS", "CSL-JSON",  # forms of citing
    "SKOS, Turtle", "SKOS, JSON-LD", "EuroVoc", "ESCO", "ISCED-F",  # data formats and vocabularies
    "EU authority tables", "EU Vocabularies",  # the Publications Office's service, under its name
    "CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0",  # licences are quoted, not translated
    "CSV", "PDF", "ODT", "ODS", "DOCX", "XLSX", "PNG",  # kinds of files
    *(own for _code, own in LANGUAGES),  # languages are named in themselves, also within a sentence
}  # fmt: skip
# What the crawl searches for: found everywhere, nowhere, and across languages.
TYPED = ("Reggio", "xqzvbn bus", "Roma", "transport")
LANGUAGE_CODES = "(?:" + "|".join(CODES) + ")"
CODE = re.compile(rf"[A-Z]{{2}}-\d{{4,}}( v\d+)?|[\w.+-]+@[\w.-]+|https?://\S+|{LANGUAGE_CODES}( {LANGUAGE_CODES})*")
PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z]")
WORD = re.compile(r"[^\W\d_]+")
GREEK = re.compile(r"[Ͱ-Ͽἀ-῿]")
LATIN_WORDS = re.compile(r"(?<![\w./@-])[a-zà-ɏ]{3,}(?![\w./@-])")
# How our pages join two texts, the loosest first.
JOINTS = (" · ", ": ", ", ", ". ", " (", " ")


def plain(text: str) -> str:
    """``text`` with single blanks, as a walk over a page finds it."""
    return " ".join(text.split())


def pieces(markup: str) -> Iterator[str]:
    """The texts between the tags of ``markup``."""
    for piece in re.split(r"<[^>]*>", markup):
        if piece and not piece.isspace():
            yield plain(html.unescape(piece))


# Names of countries that are the same in English though Unicode's data prefers another.
SAME_IN_ENGLISH = {("hr", "AD"), ("ro", "MD")}


class Knowledge:
    """All texts by language, and whether they explain one that is found on a page."""

    def __init__(self) -> None:
        self.texts: dict[str, set[str]] = {code: set() for code in CODES}
        self.patterns: dict[str, list[re.Pattern[str]]] = {code: [] for code in CODES}
        self.date_words = {code: date_words(code) for code in CODES}
        self.running: dict[str, list[str]] = {code: [] for code in CODES}
        self.add_records()
        self.add_running()
        self.add_all_languages(TYPED)
        self.add_vocabulary()
        self.add_pages()
        for code in CODES:
            self.add_catalogue(code)
            self.add_countries(code)
        self.explains = lru_cache(maxsize=None)(self._explains)

    # ---------------------------------------------------------------- gathering

    def add(self, language: str, text: str | None) -> None:
        """One text, as it is and as Markdown makes it."""
        if not text or language not in self.texts:
            return
        self.texts[language].add(plain(text))
        if "\n" in text or any(sign in text for sign in "*_[]#`<&\\"):
            self.texts[language].update(pieces(render(with_addresses(text))))

    def add_all(self, language: str, texts: Iterable[str | None]) -> None:
        """Several texts of one language."""
        for text in texts:
            self.add(language, text)

    def add_records(self) -> None:
        """Every version of every fiche in every language that it has, its sources, its notes on what changed."""
        for version in Version.objects.all():
            self.add_all(version.language, version.document["texts"].values())
            for code, note in version.change_note.items():
                self.add(code, note)
            self.add(version.language, version.document["neutral"].get("place_name"))
            for partner in version.document["children"].get("partners", []):
                self.add(version.language, partner["name"])
            for source in version.document["children"].get("sources", []):
                self.add_all(source.get("language") or "", (source["title"], source["publisher"]))
        for adoption in Adoption.objects.all():
            self.add_all(adoption.language, (adoption.what_was_changed, adoption.what_was_learned))
        for report in AdoptionReport.objects.all():
            self.add(report.language, report.what_came_of_it)
        for translation in Translation.objects.all():
            self.add_all(translation.language, translation.document["texts"].values())

    def add_running(self) -> None:
        """Texts of which a page of results may show a passage, or title and summary in pieces around what it marks."""
        codes = list(Code.objects.values_list("value", flat=True))
        for code in CODES:
            for room in ROOMS:
                self.running[code].extend(plain(body) for body in room.bodies(codes, code).values())
            self.running[code].extend(self.texts[code])

    def add_all_languages(self, texts: Iterable[str]) -> None:
        """What a visitor typed is said again on pages of every language."""
        for code in CODES:
            self.add_all(code, texts)

    def add_vocabulary(self) -> None:
        """Labels and definitions."""
        for concept in Concept.objects.all():
            for code in CODES:
                self.add_all(code, (getattr(concept, f"preferred_{code}"), getattr(concept, f"definition_{code}")))
        for label in AlternativeLabel.objects.all():
            self.add(label.language, label.text)

    def add_pages(self) -> None:
        """Editable pages and the names of authorities."""
        for page in Page.objects.all():
            for code in CODES:
                self.add_all(code, (getattr(page, f"{part}_{code}") for part in ("title", "summary", "body")))
        for authority in Authority.objects.all():
            self.add(authority.own_language, authority.own_name)
            self.add_all_languages((authority.nuts, authority.lau))
            for code in CODES:
                self.add(code, getattr(authority, f"other_name_{code}"))
                self.add(code, getattr(authority, f"description_{code}"))

    def add_catalogue(self, code: str) -> None:
        """Every message of the interface as this language has it; one that is not translated is not known to it."""
        path = catalogues.path_of(settings.PROJECT / "locale", code)
        for message in catalogues.read(path, code):
            if not message.id or message.fuzzy:
                continue
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if code == SOURCE and not any(forms):
                forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
            for form in filter(None, forms):
                self.add_message(code, form)
        with override(code):  # Django's own, for the size of a file
            for form in (gettext("%s KB"), gettext("%s MB"), ngettext("%(size)d byte", "%(size)d bytes", 5)):
                self.add_message(code, form)

    def add_message(self, code: str, message: str) -> None:
        """A message; one with places for values becomes a pattern."""
        for piece in pieces(message):
            if not PLACE.search(piece):
                self.texts[code].add(piece.replace("%%", "%"))
                continue
            literals = [re.escape(part.replace("%%", "%")) for part in PLACE.split(piece)]
            words = [part.strip() for part in PLACE.split(piece) if WORD.search(part)]
            if words:
                self.patterns[code].append(re.compile("(.*?)".join(literals)))
            if len(words) == 1:  # the value may stand in an element of its own, in another language
                self.texts[code].add(words[0])

    def add_countries(self, code: str) -> None:
        """Names of countries. One that reads as in English counts only if Unicode's data knows it so, too."""
        with override(SOURCE):
            english = dict(countries)
        with override(code):
            for key, name in dict(countries).items():
                # Andorra is Andorra in Croatian, and Moldova is Moldova in Romania.
                if (
                    (code, key) in (("hr", "AD"), ("ro", "MD"))
                    or code == SOURCE
                    or name != english[key]
                    or Locale(code).territories.get(key) == name
                ):
                    self.texts[code].add(plain(name))

    # ---------------------------------------------------------------- explaining

    def _explains(self, language: str, text: str) -> bool:
        """Whether ``text`` can be said in ``language``."""
        if text in self.texts[language] or text in NAMES or not WORD.search(text) or CODE.fullmatch(text):
            return True
        bare = text.strip(" .,:;·/()[]“”«»„\"'–")
        if bare != text and self.explains(language, bare):
            return True
        if all(word.casefold() in self.date_words[language] for word in WORD.findall(text)) and re.search(r"\d", text):
            return True
        return self.is_filled_message(language, text) or self.is_joined(language, text)

    def is_passage(self, language: str, text: str) -> bool:
        """Whether ``text`` is cut out of a text of this language."""
        bare = plain(text.strip(" …"))
        return any(bare in running for running in self.running[language])

    def is_filled_message(self, language: str, text: str) -> bool:
        """Whether a message with all its places filled by texts of this language makes ``text``."""
        for pattern in self.patterns[language]:
            found = pattern.fullmatch(text)
            if found and all(value != text and self.explains(language, plain(value)) for value in found.groups()):
                return True
        return False

    def is_joined(self, language: str, text: str) -> bool:
        """Whether two texts of this language side by side make ``text``."""
        for joint in JOINTS[:-1]:
            start = text.find(joint)
            while start > 0:
                left, right = text[:start], text[start + len(joint) :]
                if right and self.explains(language, left) and self.explains(language, right):
                    return True
                start = text.find(joint, start + 1)
        return False

    def speakers(self, text: str) -> list[str]:
        """The languages that ``text`` can be said in, for messages about it."""
        return [code for code in CODES if self.explains(code, text)]

    def objection(self, language: str, text: str, *, may_be_passage: bool = False) -> str | None:
        """Why ``text`` may not stand where people read ``language``; ``None`` where it may. A page of results shows
        passages as well."""
        if language not in self.texts:  # the title of a source in one of the languages that are not ours
            return None
        text = plain(text)  # attributes keep their non-breaking spaces
        if may_be_passage and self.is_passage(language, text):
            return None
        if language != "el" and GREEK.search(text) and not self.is_own_name_of_greek(text):
            return "Greek letters"
        if (
            language == "el"
            and not GREEK.search(text)
            and len(LATIN_WORDS.findall(text)) > 3
            and text not in self.texts["el"]
        ):
            return "a Latin sentence"
        if self.explains(language, text):
            return None
        return f"not known in {language}, but in {', '.join(self.speakers(text)) or 'no language'}"

    @staticmethod
    def is_own_name_of_greek(text: str) -> bool:
        """Whether the only Greek in ``text`` is the language's name."""
        return not GREEK.search(text.replace("Ελληνικά", ""))


def date_words(code: str) -> set[str]:
    """The words by which dates are written in a language."""
    words: set[str] = set()
    with override(code):
        for month in range(1, 13):
            day = datetime.date(2025, month, 15)
            for form in ("DATE_FORMAT", "YEAR_MONTH_FORMAT"):
                words.update(word.casefold() for word in WORD.findall(date_format(day, form)))
    return words
