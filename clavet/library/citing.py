"""How to cite a record: in plain words, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re

from django.utils import timezone
from django.utils.translation import override

from clavet.library.kinds import library_of
from clavet.publishing.models import Record
from clavet.web.meta import absolute

FORMATS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


class Citation:
    """What is cited: a version of a record in one language."""

    def __init__(self, record: Record, *, title: str, language: str, version: int, moment) -> None:
        self.code, self.title, self.language, self.version = record.code_id, title, language, version
        self.day = timezone.localtime(moment).date()
        self.licence = record.licence
        self.sentences = library_of(record.code_id).sentences
        self.kind = f"{self.sentences.cited_as} {record.code_id}, version {version}"
        self.url = absolute(f"/id/{record.code_id}")

    def plain(self) -> str:
        """In a sentence of the language that the title is in."""
        with override(self.language):
            return self.sentences.citation % {
                "year": self.day.year,
                "title": self.title.rstrip("."),
                "code": self.code,
                "version": self.version,
                "url": self.url,
            }

    def bib(self) -> str:
        """As BibTeX."""
        fields = {
            "author": "{CLAVET}",
            "title": bibtex(self.title),
            "year": str(self.day.year),
            "month": str(self.day.month),
            "type": self.kind,
            "howpublished": f"\\url{{{self.url}}}",
            "language": self.language,
            "note": self.licence,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.code},\n{lines}\n}}\n"

    def ris(self) -> str:
        """As RIS."""
        lines = [
            ("TY", "RPRT"),
            ("AU", "CLAVET"),
            ("TI", one_line(self.title)),
            ("PY", str(self.day.year)),
            ("DA", self.day.strftime("%Y/%m/%d")),
            ("M1", self.kind),
            ("LA", self.language),
            ("UR", self.url),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)

    def json(self) -> str:
        """As CSL-JSON."""
        item = {
            "id": self.code,
            "type": "report",
            "title": self.title,
            "author": [{"literal": "CLAVET"}],
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "number": self.code,
            "version": str(self.version),
            "language": self.language,
            "URL": self.url,
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def bibtex(text: str) -> str:
    """``text`` with what BibTeX reads as commands made harmless."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\{}$&%#_~^]", lambda found: special.get(found[0], "\\" + found[0]), one_line(text))


def one_line(text: str) -> str:
    """``text`` without line breaks, which would start a new field."""
    return " ".join(text.split())
