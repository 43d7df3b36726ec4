"""The addresses of a kind of record. Thin: what is shown comes from listing, page, notices, citing."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import rules
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clavet.cache.fragments import fragment
from clavet.languages import CODES
from clavet.library import notices, page
from clavet.library.citing import FORMATS, Citation
from clavet.library.collecting import Collected
from clavet.library.comparing import Comparison, address as compare_address
from clavet.library.feeds import RecordFeed
from clavet.library.head import record_meta
from clavet.library.kinds import Library
from clavet.library.listing import Listing
from clavet.library.tables import MOST, rows_of
from clavet.publishing import documents, reading, workflow
from clavet.publishing.codes import is_code
from clavet.publishing.models import Record, Revision, StoredFile, Translation, Version
from clavet.tables.writing import CONTENT_TYPES, WRITERS
from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.errors import gone_or_404
from clavet.web.meta import FeedLink, Meta, absolute, in_all_languages


@dataclass(frozen=True)
class LivePage:
    """The page of a record in one language, made: what a process keeps of it."""

    slug: str
    urls: dict[str, str]
    meta: Meta
    scripts: tuple[str, ...]
    document: SafeString


@method_decorator(require_safe, name="record_list")
@method_decorator(require_safe, name="table")
@method_decorator(require_safe, name="comparison")
@method_decorator(require_safe, name="record_page")
@method_decorator(require_safe, name="version_page")
@method_decorator(require_safe, name="citation_file")
@method_decorator(require_safe, name="file")
@method_decorator([never_cache, require_safe], name="preview")
class Pages:
    """The views of one kind of record."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def urls(self) -> list[Any]:
        """The addresses below ``/<language>/<room>/``."""
        feed = require_safe(RecordFeed(self.library))
        compare = [path("compare/", self.comparison, name="compare")] if self.library.comparing else []
        return [
            path("", self.record_list, name="list"),
            *(path(f"table.{name}", self.table, {"format_name": name}, name=name) for name in WRITERS),
            *compare,
            path("feed.atom", feed, name="feed"),
            path("feed/<slug:topic>.atom", feed, name="topic-feed"),
            path("<str:code>/v/<int:number>/", self.version_page, name="version"),
            path("<str:code>/v/<int:number>/cite/<str:name>", self.citation_file, name="cite"),
            path("<str:code>/v/<int:number>/files/<str:row>/<str:name>", self.file, name="file"),
            path("<str:code>/preview/<int:revision_id>/", self.preview, name="preview"),
            path("<str:code>/", self.record_page, name="bare"),
            path("<str:code>/<str:slug>/", self.record_page, name="page"),
        ]

    def readable(self, code: str) -> Record:
        """The record behind ``code`` if the public may read it; otherwise 404, or 410 with a reason."""
        if not is_code(code):
            raise Http404
        record = self.library.model.objects.visible_to(None, archived=True).with_rows().filter(code_id=code).first()
        return record or gone_or_404(code)

    def crumbs(self, *more: Any) -> Any:
        """The way from the home page over the list."""
        return crumbs((str(self.library.sentences.plural), self.library.url()), *more)

    def record_list(self, request: HttpRequest) -> HttpResponse:
        """The faceted list."""
        library, sentences = self.library, self.library.sentences
        listing = Listing(library, request.GET, get_language(), request.path)
        context = listing.context()
        topic = listing.chosen.get("topic", ("",))[0]
        feed = library.url("topic-feed", topic) if topic else library.url("feed")
        feed_title = sentences.on_topic % {"topic": listing.tree.labels[topic]} if topic else str(sentences.newest)
        request.page_urls = lists.in_all_languages(request)
        context |= {
            "heading": sentences.plural,
            "lead": sentences.lead,
            "way_to_narrow": self.way_to_narrow(),
            "feed_url": feed,
            "compare_url": library.url("compare") if library.comparing else "",
            "meta": Meta(
                title=f"{sentences.plural} · CLAVET",
                description=str(sentences.description),
                canonical=absolute(request.path) if not listing.chips() else "",
                alternates=[] if listing.chips() or listing.page.number > 1 else in_all_languages(request.path),
                feeds=[FeedLink(feed_title, feed)],
                noindex=bool(listing.chips()) or bool(listing.sort_parameter),
            ),
            "breadcrumbs": crumbs(str(sentences.plural)),
        }
        is_part = request.htmx and not request.htmx.history_restore_request
        response = render(request, "library/_results.html" if is_part else "library/list.html", context)
        response["Vary"] = "HX-Request"
        return response

    def table(self, request: HttpRequest, format_name: str) -> HttpResponse:
        """The same list as a file, from its first record on."""
        language = get_language()
        listing = Listing(self.library, request.GET, language, request.path)
        content = fragment(
            "table",
            self.library.name,
            format_name,
            listing.sort,
            tuple(listing.chosen.items()),
            make=lambda: WRITERS[format_name](rows_of(self.library, listing.codes(MOST), language)),
        )
        response = HttpResponse(content, content_type=CONTENT_TYPES[format_name])
        response["Content-Disposition"] = f'attachment; filename="clavet-{self.library.name}-{language}.{format_name}"'
        response["X-Robots-Tag"] = "noindex"
        return response

    def comparison(self, request: HttpRequest) -> HttpResponse:
        """Some records side by side."""
        words = self.library.comparing
        comparison = Comparison(self.library, request.GET, get_language())
        request.page_urls = lists.in_all_languages(request)
        context = {
            "comparison": comparison,
            "words": words,
            "list_url": self.library.url(),
            "everything": self.library.sentences.everything,
            "notices": notices.comparison(comparison),
            "chosen": [("code", code) for code in comparison.codes],
            "meta": Meta(title=f"{words.heading} · CLAVET", noindex=True),
            "breadcrumbs": self.crumbs(str(words.heading)),
        }
        return render(request, "library/compare.html", context)

    def way_to_narrow(self) -> SimpleNamespace | None:
        """The link to where one chooses what narrows the list beside its facets."""
        if self.library.way_to_narrow is None:
            return None
        label, name = self.library.way_to_narrow
        return SimpleNamespace(label=label, url=reverse(name))

    def record_page(self, request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
        """A record as it is now, in the reader's language or the nearest to it."""
        language = get_language()
        live = fragment(
            self.library.name,
            code,
            make=lambda: self.live_page(code, language),
            size=lambda made: 2 * len(made.document),
        )
        if slug != live.slug:
            moved = redirect(live.urls[language], permanent=True)
            # Not for good: a title may change back, and a browser that remembers would turn in a circle.
            moved["Cache-Control"] = "max-age=3600"
            return moved
        request.page_urls = live.urls
        context = {
            "document": live.document,
            "for_reader": self.for_reader(request, code),
            "scripts": live.scripts,
            "meta": live.meta,
            "breadcrumbs": self.crumbs(code),
        }
        response = render(request, "library/page.html", context)
        if context["for_reader"]:
            response["Cache-Control"] = "private, no-store"
        return response

    def for_reader(self, request: HttpRequest, code: str) -> str:
        """What whoever is logged in reads beyond the public page. Without a session nobody is asked for: a page that
        asked would no longer be the same for everybody."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return ""
        return self.library.for_reader(code, request.user)

    def live_page(self, code: str, language: str) -> LivePage:
        """The page of the record behind ``code`` if the public may read it; otherwise as ``readable``."""
        record = self.readable(code)
        translations = list(Translation.objects.current().filter(code_id=code).defer("document"))
        choice = reading.choose(record.source_language, translations, language, timezone.now())
        material = page.Material(
            record,
            record.version,
            documents.source_document(record),
            documents.translation_document(record, choice.head) if choice.translation else None,
            choice,
        )
        view = page.dress(page.read(material, is_live=True), record, choice, translations)
        view.notices = notices.live(record, choice)
        self.cite(view, record, record.version, record.changed_at)
        view.collect_url = Collected(codes=(code,)).address
        if self.library.comparing:
            view.compare_url = compare_address(self.library, [code])
            view.compare_label = self.library.comparing.this_one
        return LivePage(
            record.slug_in(language),
            {code_: record.url_in(code_) for code_ in CODES},
            record_meta(view, record, choice, translations),
            **self.as_document(view),
        )

    def as_document(self, view: page.Reading) -> dict[str, Any]:
        """A reading as the template of the page takes it."""
        document = render_to_string("library/_document.html", {"reading": view})
        return {"document": document, "scripts": self.library.scripts(view.parts)}

    def version_page(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        """A record as it was in version ``number``, in every language that this version had."""
        record = self.readable(code)
        language = get_language()
        version = Version.objects.filter(code_id=code, number=number).first()
        if version is None:
            raise Http404
        if version.withheld:
            return withheld(request, record, version)
        view, choice = version_reading(record, version, language)
        view.notices = [] if number == record.version else [notices.older_version(record, number, language)]
        view.notices += [*notices.status(record), *notices.language(record, choice)]
        view.marks = page.marks(choice, record.is_example, None, timezone.localdate())
        view.lineage = page.lineage(record, choice)
        view.history = page.history(record, language)
        view.report_url = reverse("contact:report", args=[code])
        view.published_on = page.day(version.accepted_at)
        self.cite(view, record, number, version.accepted_at)
        with override(view.title.lang):
            title = _("%(title)s, version %(number)d") % {"title": view.title.value, "number": number}
        meta = Meta(
            title=f"{title} · CLAVET",
            lang=view.title.lang,
            description=view.summary.value,
            canonical=absolute(record.url_in(choice.head)),
            noindex=True,
        )
        request.page_urls = {code_: self.in_language(code_, "version", code, number) for code_ in CODES}
        context = {
            **self.as_document(view),
            "meta": meta,
            "breadcrumbs": self.crumbs(
                (record.code_id, record.url_in(language)), _("Version %(number)d") % {"number": number}
            ),
        }
        return render(request, "library/page.html", context)

    def in_language(self, language: str, name: str, *args: object) -> str:
        """The address ``name`` in another language than that of the moment."""
        return f"/{language}{self.library.url(name, *args)[3:]}"

    def cite(self, view: page.Reading, record: Record, version: int, moment: Any) -> None:
        """Put the four forms of citing and the letter to a friend on the page."""
        citation = Citation(record, title=view.title.value, language=view.title.lang, version=version, moment=moment)
        links = {
            name: self.library.url("cite", record.code_id, version, f"{view.title.lang}.{name}") for name in FORMATS
        }
        view.cite = page.SimpleNamespace(
            plain=citation.plain(), bibtex_url=links["bib"], ris_url=links["ris"], csl_url=links["json"]
        )
        view.mail_subject_url = f"mailto:?subject={quote(view.title.value)}&body={quote(view.permanent_url)}"

    def citation_file(self, request: HttpRequest, code: str, number: int, name: str) -> HttpResponse:
        """The citation of a version in one language, as a file."""
        record = self.readable(code)
        language, _dot, format_name = name.partition(".")
        version = Version.objects.filter(code_id=code, number=number, withheld="").first()
        if version is None or format_name not in FORMATS or language not in CODES:
            raise Http404
        view, _choice = version_reading(record, version, language)
        live_title = getattr(record, f"title_{language}") if number == record.version else ""
        title = live_title or view.title.value
        citation = Citation(record, title=title, language=language, version=number, moment=version.accepted_at)
        response = HttpResponse(getattr(citation, format_name)(), content_type=FORMATS[format_name])
        response["Content-Disposition"] = f'attachment; filename="{code}.{format_name}"'
        return response

    def file(self, request: HttpRequest, code: str, number: int, row: str, name: str) -> FileResponse:
        """An attachment of a version that the public may read, always as a download, never run in our name."""
        self.readable(code)
        version = Version.objects.filter(code_id=code, number=number, withheld="").first()
        rows = version.document["children"].get("attachments", []) if version else []
        entry = next((item for item in rows if item["id"] == row and item["name"] == name), None)
        stored = StoredFile.objects.filter(pk=entry["file"]).first() if entry else None
        if stored is None:
            raise Http404
        response = FileResponse(
            stored.content.open("rb"), as_attachment=True, filename=name, content_type=stored.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def preview(self, request: HttpRequest, code: str, revision_id: int) -> HttpResponse:
        """The real page as an open revision would make it, in any language; 404 for whom it is none of their
        business."""
        if not is_code(code):
            raise Http404
        record = self.library.model.objects.with_rows().filter(code_id=code).first()
        revision = Revision.objects.filter(pk=revision_id, code_id=code).first()
        may_read = revision is not None and rules.test_rule("publishing.read_revision", request.user, revision)
        if record is None or not may_read:
            raise Http404
        view = page.read(preview_material(record, revision, get_language()), is_live=False)
        view.notices = [notices.preview()]
        request.page_urls = {code_: self.in_language(code_, "preview", code, revision_id) for code_ in CODES}
        meta = Meta(title=f"{view.title.value} · CLAVET", lang=view.title.lang, noindex=True)
        context = {**self.as_document(view), "meta": meta, "breadcrumbs": crumbs(record.code_id)}
        return render(request, "library/page.html", context)


def version_reading(record: Record, version: Version, language: str) -> tuple[page.Reading, reading.Choice]:
    """The page of ``version`` in ``language``. Then nothing was outdated: each translation hangs on its version."""
    translations = list(Translation.objects.filter(code_id=record.code_id, version_number=version.number))
    for translation in translations:
        translation.outdated_from = None
    choice = reading.choose(record.source_language, translations, language, timezone.now())
    document = choice.translation.document if choice.translation else None
    material = page.Material(record, version.number, version.document, document, choice)
    return page.read(material, is_live=False), choice


def withheld(request: HttpRequest, record: Record, version: Version) -> HttpResponse:
    """410: when and why this version cannot be read."""
    context = {"code": f"{record.code_id} v{version.number}", "withheld": page.withheld_text(version)}
    context["latest_url"] = record.url_in(get_language())
    return render(request, "410.html", context, status=410)


def preview_material(record: Record, revision: Revision, language: str) -> page.Material:
    """What the page would be made from if ``revision`` were accepted now."""
    translations = list(Translation.objects.current().filter(code_id=record.code_id))
    if revision.is_source:
        source = revision.document
    else:
        source = documents.source_document(record) if record.version else workflow.source_behind(record, revision)
    source = {**documents.blank(), **source}
    source["neutral"] = {**source["neutral"], "licence": source["neutral"].get("licence") or record.licence}
    if not revision.is_source:
        translations = [item for item in translations if item.language != revision.language]
        translations.append(
            Translation(
                language=revision.language,
                part=revision.part,
                method=revision.method,
                version_number=revision.base_version,
                document=revision.document,
            )
        )
    choice = reading.choose(record.source_language, translations, language, timezone.now())
    document = choice.translation.document if choice.translation else None
    number = record.version + 1 if revision.is_source else record.version or 1
    return page.Material(record, number, source, document, choice)
