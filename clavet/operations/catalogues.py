"""The nine catalogues as files: read, written and compiled by Babel, so that nobody has to install gettext."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from clavet.languages import LANGUAGES
from clavet.operations.problems import NotReady

WIDTH = 100

# As Django has them, but for Spanish, French and Italian, where the catalogues that Django compiles carry a third form
# for whole millions: a number that no page of ours counts to. Django keeps catalogues with different rules apart.
TWO = "nplurals=2; plural=(n != 1);"
TWO_WITH_NOUGHT = "nplurals=2; plural=(n > 1);"
PLURAL_FORMS = {
    "en": TWO,
    "es": TWO,
    "fr": TWO_WITH_NOUGHT,
    "it": TWO,
    "el": TWO,
    "hr": ("nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"),
    "nl": TWO,
    "ro": "nplurals=3; plural=(n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1));",
    "tr": TWO_WITH_NOUGHT,
}

# No dates and no generator: two people who collect the same strings get the same file.
HEADER = """\
# CLAVET in {name}. `make messages` keeps this file; people write its msgstr lines.
msgid ""
msgstr ""
"Project-Id-Version: CLAVET\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def path_of(locale: Path, code: str) -> Path:
    """Where the catalogue of a language lies below the directory ``locale``."""
    return locale / code / "LC_MESSAGES" / "django.po"


def read(path: Path, code: str) -> Catalog:
    """The catalogue in a file; an empty one where there is no file yet. ``PoFileError`` for what is no catalogue."""
    content = path.read_bytes() if path.exists() else header(code).encode()
    return read_po(io.BytesIO(content), locale=code, abort_invalid=True)


def as_po(catalog: Catalog, code: str) -> bytes:
    """The file of a catalogue: by place in the code, without line numbers, without what is no longer used."""
    buffer = io.BytesIO()
    buffer.write(header(code).encode())
    write_po(
        buffer,
        catalog,
        width=WIDTH,
        omit_header=True,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return buffer.getvalue().rstrip() + b"\n"


def header(code: str) -> str:
    """The head of a language's catalogue."""
    return HEADER.format(name=dict(LANGUAGES).get(code, code), code=code, plural_forms=PLURAL_FORMS[code])


def compile_changed(locale: Path) -> list[str]:
    """Compiles each catalogue below ``locale`` that is newer than its compiled form; the languages that were.

    Fuzzy entries stay out. ``NotReady`` for a catalogue that cannot be read or a file that cannot be written.
    """
    sources = sorted(locale.glob("*/LC_MESSAGES/django.po"))
    stale = [source for source in sources if is_stale(source)]
    for source in stale:
        try:
            compile_one(source)
        except PoFileError as error:
            raise NotReady(
                f"The catalogue {source} cannot be read: {error}", "correct the line that it names."
            ) from error
        except OSError as error:
            raise NotReady(
                f"The catalogue {source} cannot be compiled: {error.strerror}.",
                "give this account the right to write beside it, or run `make catalogues` as one that has it.",
            ) from error
    return [source.parent.parent.name for source in stale]


def is_stale(source: Path) -> bool:
    """Whether a catalogue has no compiled form, or an older one."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_one(source: Path) -> None:
    """Writes the compiled form beside a catalogue, in one step: a server may be reading the one before."""
    buffer = io.BytesIO()
    write_mo(buffer, read(source, source.parent.parent.name), use_fuzzy=False)
    unfinished = source.with_suffix(f".{os.getpid()}.unfinished")
    unfinished.write_bytes(buffer.getvalue())
    unfinished.replace(source.with_suffix(".mo"))


def main() -> int:
    """``make catalogues``."""
    from clavet.settings import environment

    try:
        compiled = compile_changed(environment.PROJECT / "locale")
    except NotReady as finding:
        print(finding, file=sys.stderr)
        return 1
    print(f"Compiled: {', '.join(compiled)}." if compiled else "All catalogues are compiled already.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
