"""The nine languages of the portal, each by its code and its own name."""

from __future__ import annotations

SOURCE = "en"

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("el", "Ελληνικά"),
    ("hr", "Hrvatski"),
    ("nl", "Nederlands"),
    ("ro", "Română"),
    ("tr", "Türkçe"),
)

CODES: tuple[str, ...] = tuple(code for code, _ in LANGUAGES)

# Open Graph names a locale by language and territory.
OPEN_GRAPH_LOCALES = {
    "en": "en_GB",
    "es": "es_ES",
    "fr": "fr_FR",
    "it": "it_IT",
    "el": "el_GR",
    "hr": "hr_HR",
    "nl": "nl_NL",
    "ro": "ro_RO",
    "tr": "tr_TR",
}


def own_name(code: str) -> str:
    """The name of a language in itself (``el`` gives ``Ελληνικά``); the code itself if it is not ours."""
    return dict(LANGUAGES).get(code, code)
