"""A visitor who follows every link of one locale."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from clavet.languages import CODES
from tests.crawl import markup
from tests.crawl.knowledge import TYPED, Knowledge

# Addresses whose query is not a filter: each is a page of its own.
PAGING = {"page"}
# A page of a record or what hangs on one, a list under a filter.
ONE_OF_MANY = re.compile(r"/[A-Z]{2}-\d{4}\b|(?<=/\?)[a-z_]+=[^&]+$")
# A list as a file is made alike under every filter: the one without any is enough.
FILE_OF_A_LIST = re.compile(r"/table\.(csv|xlsx)$")


@dataclass
class Crawl:
    """Everything reachable from ``/<locale>/`` within that locale, and what is wrong with it."""

    locale: str
    knowledge: Knowledge
    pages: dict[str, markup.Page] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    findings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    leads_to: dict[str, str] = field(default_factory=dict)
    # Pages of records that other locales visit: see ``is_of_others``.
    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.own = settings.SITE_URL
        self.home = f"/{self.locale}/"
        self.client = Client(headers={"accept-language": self.locale})

    def run(self) -> Crawl:
        """Follow every link until none is left."""
        self.plan(self.home, "")
        # Behind a form, where no link leads: a search that finds, one that does not, and one across languages.
        for typed in TYPED:
            self.plan(f"{self.home}search/?{urlencode({'q': typed})}", "")
        while self.waiting:
            url, found_on = self.waiting.popleft()
            self.visit(url, found_on)
        self.check_fragments()
        self.check_titles()
        return self

    def find(self, what: str, where: str) -> None:
        """Note what is wrong, and where."""
        self.findings[what].append(where)

    # ---------------------------------------------------------------- where to go

    def plan(self, url: str, found_on: str) -> None:
        """Put ``url`` (a path, perhaps with a query) on the list, unless it has been there."""
        if url in self.seen:
            return
        self.seen.add(url)
        if self.is_of_others(url):
            self.left_out.add(url)
        else:
            self.waiting.append((url, found_on))

    def is_of_others(self, url: str) -> bool:
        """Whether a page is left to the crawls of other locales: pages that are many and made alike (records, lists
        under one filter) are visited in three of the nine each."""
        found = ONE_OF_MANY.search(url)
        return found is not None and zlib.crc32(found[0].encode()) % 3 != CODES.index(self.locale) % 3

    def follow(self, link: markup.Link, page: markup.Page) -> None:
        """A link of ``page``: into this locale and to files we go; other locales are left to their own crawls."""
        parts = urlsplit(link.url)
        if f"{parts.scheme}://{parts.netloc}" != self.own:
            if parts.scheme not in ("http", "https", "mailto"):
                self.find(f"a link to {link.url}", page.url)
            return
        path = parts.path or "/"
        locale = path.split("/")[1]
        # Below /accounts/ the address is the same in all languages: a parameter picks another one.
        picked = dict(parse_qsl(parts.query)).get("language", self.locale) if path.startswith("/accounts/") else locale
        if locale in CODES and locale != self.locale:
            self.others.setdefault(path, page.url)
        elif FILE_OF_A_LIST.search(path) and parts.query:
            return
        elif len(filters(parts.query)) <= 1 and picked in (self.locale, locale):
            self.plan(f"{path}?{parts.query}" if parts.query else path, page.url)

    # ---------------------------------------------------------------- what is there

    def get(self, url: str, found_on: str) -> tuple[str, HttpResponse] | None:
        """The answer at ``url``, after at most two redirects, and its last address; ``None`` for one that failed."""
        start = url
        for _turn in range(3):
            response = self.client.get(url)
            if response.streaming:
                # Read to its end, the test client closes it; closed by hand, it would close the database as well.
                response.whole = b"".join(response)
            if response.cookies and not is_form(response):
                self.find(f"cookie {', '.join(response.cookies)}", url)
            self.client.cookies.clear()
            if response.status_code not in (301, 302):
                break
            url = response["Location"].removeprefix(self.own)
        if response.status_code != 200:
            self.find(f"{response.status_code} at {start}", found_on)
            return None
        self.leads_to[start] = url
        return url, response

    def visit(self, url: str, found_on: str) -> None:
        """One address."""
        answer = self.get(url, found_on)
        if answer is None:
            return
        final, response = answer
        if final != url:
            if final in self.seen:
                return
            self.seen.add(final)
        kind = response["Content-Type"].partition(";")[0]
        if kind == "text/html":
            self.read(final, response)
        elif kind.endswith("xml"):
            self.read_feed(final, response)
        elif not (response.whole if response.streaming else response.content):
            self.find("an empty file", final)

    def read(self, url: str, response: HttpResponse) -> None:
        """A page."""
        page = markup.read(url, response.content.decode(), self.own)
        self.pages[url] = page
        if page.lang != self.locale:
            self.find(f"lang={page.lang!r}", url)
        is_private = "no-store" in response.get("Cache-Control", "")
        if not page.posts and not is_private and "cookie" in response.get("Vary", "").casefold():
            self.find("varies by cookie", url)
        for finding in (*page.findings, *markup.head_findings(page, self.own, self.locale)):
            self.find(finding, url)
        for spoken in page.texts:
            on_results = "/search/?q=" in url
            objection = self.knowledge.objection(spoken.lang, spoken.text, may_be_passage=on_results)
            if objection:
                self.find(f"{spoken.where}: {spoken.text[:90]!r} in {spoken.lang}: {objection}", url)
        for link in page.links:
            self.follow(link, page)
        path, _sign, query = url.partition("?")
        if page.options and not query and not page.posts:  # the facets of a list, one level deep
            for name, value in page.options:
                self.plan(f"{path}?{urlencode({name: value})}", url)
        page.texts = []

    def read_feed(self, url: str, response: HttpResponse) -> None:
        """A feed: its titles are in the language that it says."""
        attribute = "{http://www.w3.org/XML/1998/namespace}lang"
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
        for entry in root.iter("{http://www.w3.org/2005/Atom}entry"):
            lang = entry.get(attribute) or root.get(attribute, "")
            title = entry.findtext("{http://www.w3.org/2005/Atom}title") or ""
            objection = self.knowledge.objection(lang, " ".join(title.split()))
            if objection:
                self.find(f"feed: {title!r} in {lang}: {objection}", url)

    # ---------------------------------------------------------------- what shows at the end

    def check_fragments(self) -> None:
        """Every link to a part of a page finds that part."""
        for page in self.pages.values():
            for link in page.links:
                url = link.url.removeprefix(self.own)
                target = self.pages.get(self.leads_to.get(url, url))
                if link.fragment and target is not None and link.fragment not in target.ids:
                    self.find(f"{url}#{link.fragment} leads to no part of that page", page.url)

    def check_titles(self) -> None:
        """No two pages that search engines may show bear the same title."""
        by_title = defaultdict(list)
        for page in self.pages.values():
            if self.is_indexable(page):
                by_title[page.title].append(page.url)
        for title, urls in by_title.items():
            if len(urls) > 1:
                self.find(f"{len(urls)} pages have the title {title!r}", ", ".join(urls))

    def indexable(self) -> set[str]:
        """The pages that search engines may show."""
        return {page.url for page in self.pages.values() if self.is_indexable(page)}

    def is_indexable(self, page: markup.Page) -> bool:
        """Whether search engines may show a page, under this address."""
        return not page.noindex and page.canonical == self.own + page.url


def filters(query: str) -> list[tuple[str, str]]:
    """The filters in a query: what is not a page number."""
    return [(name, value) for name, value in parse_qsl(query) if name not in PAGING]


def is_form(response: HttpResponse) -> bool:
    """Whether an answer is a page with a form to send, which may set the cookie that protects it."""
    return not response.streaming and b'method="post"' in response.content and list(response.cookies) == ["csrftoken"]
