"""One page of HTML, parsed by the algorithm that browsers follow, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES

TREE = html5lib.getTreeBuilder("etree")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Attributes that name other elements of the page by their ids.
REFERENCES = ("for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
# Attributes whose value people see or hear.
SPOKEN = ("title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription", "label")
SPOKEN_META = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
# Elements that bring something from an address, with the attribute that holds it.
FETCHING = {
    "img": "src", "script": "src", "iframe": "src", "embed": "src", "object": "data", "video": "src", "audio": "src",
    "source": "src", "track": "src", "form": "action", "input": "src", "use": "href", "image": "href",
}  # fmt: skip
FETCHING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "manifest"}
PHRASING_ONLY = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "span",
    "strong",
    "em",
    "label",
    "button",
    "dt",
    "cite",
    "pre",
}
BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table",
    "ul",
}  # fmt: skip
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}, "select": {"option", "optgroup"}}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
CODES = ("en", "es", "fr", "it", "el", "hr", "nl", "ro", "tr")


@dataclass
class Link:
    """An address that a page leads to."""

    url: str
    fragment: str
    element: str


@dataclass
class Spoken:
    """A text as it is read out: in which language, and where it stands."""

    text: str
    lang: str
    where: str


@dataclass
class Page:
    """What the crawl wants to know of a page."""

    url: str
    lang: str = ""
    title: str = ""
    canonical: str = ""
    noindex: bool = False
    alternates: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    posts: bool = False
    texts: list[Spoken] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def read(url: str, html: str, own: str) -> Page:
    """The page at ``url``; ``own`` is the beginning of every address that is ours (``http://testserver``)."""
    parser = html5lib.HTMLParser(tree=TREE, namespaceHTMLElements=False)
    root = parser.parse(html)
    page = Page(url)
    for (line, _column), code, data in parser.errors:
        page.findings.append(f"line {line}: {MESSAGES.get(code, code) % data}")
    if not html.lstrip().lower().startswith("<!doctype html>"):
        page.findings.append("no doctype")
    page.lang = root.get("lang", "")
    Walk(page, own).whole(root)
    return page


class Walk:
    """One walk through the tree of a page, noting everything on the way."""

    def __init__(self, page: Page, own: str) -> None:
        self.page, self.own = page, own
        self.heading = 0
        self.first_headings = 0
        self.references: list[tuple[str, str]] = []

    def whole(self, root: Element) -> None:
        """The page from its root, and what only shows at its end."""
        page = self.page
        self.visit(root, page.lang, ())
        if self.first_headings != 1:
            self.find(f"{self.first_headings} first headings")
        if not page.title:
            self.find("no title")
        page.findings += [
            f"{name}={wanted!r} leads nowhere" for name, wanted in self.references if wanted not in page.ids
        ]

    def find(self, what: str) -> None:
        """Note that something is wrong."""
        self.page.findings.append(what)

    def visit(self, node: Element, lang: str, path: tuple[str, ...]) -> None:
        """One element and all below it."""
        name = node.tag
        if not isinstance(name, str):
            return
        name = name.rpartition("}")[2]
        attributes = node.attrib
        lang = attributes.get("lang", lang)
        self.nesting(name, path)
        if attributes:
            self.attributes(name, attributes, lang)
        if name in HEADINGS:
            self.level(HEADINGS[name])
        special = getattr(self, f"visit_{name}", None)
        if special:
            special(node, lang)
        if name in ("script", "style"):
            return
        here = (*path, name)
        self.text(node.text, lang, here)
        for child in node:
            self.visit(child, lang, here)
            self.text(child.tail, lang, here)

    def text(self, text: str | None, lang: str, path: tuple[str, ...]) -> None:
        """Words between elements."""
        if text and not text.isspace():
            self.page.texts.append(Spoken(" ".join(text.split()), lang, path[-1]))

    def nesting(self, name: str, path: tuple[str, ...]) -> None:
        """What the parser lets pass and the standard does not."""
        parent = path[-1] if path else ""
        if parent in CHILDREN and name not in CHILDREN[parent] | {"script", "template"}:
            self.find(f"<{name}> right in <{parent}>")
        if name == "li" and parent not in ("ul", "ol", "menu"):
            self.find(f"<li> in <{parent}>")
        if name in BLOCKS and parent in PHRASING_ONLY:
            self.find(f"<{name}> in <{parent}>")
        if name in INTERACTIVE and ("a" in path or "button" in path):
            self.find(f"<{name}> inside a link or button")

    def attributes(self, name: str, attributes: dict[str, str], lang: str) -> None:
        """Attributes that any element may have."""
        page = self.page
        for key, value in attributes.items():
            if key == "id":
                if value in page.ids or not value or any(sign.isspace() for sign in value):
                    self.find(f"id {value!r} is empty, has blanks or stands twice")
                page.ids.add(value)
            elif key == "style" or key.startswith("on"):
                self.find(f"<{name} {key}> is inline")
            elif key in REFERENCES:
                self.references += [(key, wanted) for wanted in value.split()]
            elif key in SPOKEN and value.strip() and name not in ("link", "track"):
                page.texts.append(Spoken(" ".join(value.split()), lang, f"{name}@{key}"))
        fetched = attributes.get(FETCHING.get(name, ""))
        if fetched is not None:
            self.fetch(name, fetched)
        if "srcset" in attributes:
            self.find("srcset is not looked at by this test")
        if name in ("img",) and "alt" not in attributes:
            self.find("<img> without alt")

    def fetch(self, name: str, address: str) -> None:
        """Something that the browser brings by itself, or sends a form to: only from and to us."""
        parts = urlsplit(urljoin(self.own + "/", address))
        if f"{parts.scheme}://{parts.netloc}" != self.own:
            self.find(f"<{name}> brings {address} from elsewhere")

    def level(self, level: int) -> None:
        """A heading: one first, and none that leaves out a level on the way down."""
        self.first_headings += level == 1
        if level > self.heading + 1:
            self.find(f"h{level} after h{self.heading}")
        self.heading = level

    # ---------------------------------------------------------------- elements that say something of their own

    def visit_title(self, node: Element, lang: str) -> None:
        """The title, where it is the page's and not a drawing's."""
        self.page.title = self.page.title or " ".join((node.text or "").split())

    def visit_style(self, node: Element, lang: str) -> None:
        """No page has rules of its own."""
        self.find("<style>")

    def visit_script(self, node: Element, lang: str) -> None:
        """Scripts come from files and wait; data may stand in the page."""
        if node.get("type") in ("application/ld+json", "application/json"):
            try:
                json.loads(node.text or "")
            except ValueError as error:
                self.find(f"JSON that is none: {error}")
        elif node.get("src") is None:
            self.find("an inline script")
        elif node.get("type") != "module" and node.get("defer") is None and node.get("async") is None:
            self.find(f"the page waits for {node.get('src')}")

    def visit_a(self, node: Element, lang: str) -> None:
        """A link."""
        address = node.get("href")
        if address is None:
            return
        if address.startswith("javascript:") or not address:
            self.find(f"href={address!r}")
        self.link(address, "a")
        if address.startswith("#"):
            self.references.append(("href", address[1:]))

    def link(self, address: str, element: str) -> None:
        """An address to go to."""
        url, _sign, fragment = urljoin(self.own + self.page.url, address).partition("#")
        self.page.links.append(Link(url, fragment, element))

    def visit_link(self, node: Element, lang: str) -> None:
        """A link of the head."""
        kinds = set((node.get("rel") or "").split())
        address = node.get("href") or ""
        if kinds & FETCHING_LINKS:
            self.fetch("link", address)
        if "canonical" in kinds:
            self.page.canonical = address
        if "alternate" in kinds and node.get("hreflang"):
            if node.get("hreflang") in self.page.alternates:
                self.find(f"two alternates for {node.get('hreflang')}")
            self.page.alternates[node.get("hreflang")] = address
        elif "alternate" in kinds:
            self.link(address, "link")
            self.page.texts.append(Spoken(" ".join((node.get("title") or "").split()), lang, "link@title"))

    def visit_meta(self, node: Element, lang: str) -> None:
        """What the head says of the page."""
        name = node.get("name") or node.get("property") or ""
        if name == "robots":
            self.page.noindex = "noindex" in (node.get("content") or "")
        if name in SPOKEN_META:
            self.page.texts.append(Spoken(" ".join((node.get("content") or "").split()), lang, f"meta {name}"))

    def visit_form(self, node: Element, lang: str) -> None:
        """A form."""
        self.page.posts |= (node.get("method") or "get").lower() == "post"

    def visit_input(self, node: Element, lang: str) -> None:
        """A box to tick in the filters."""
        if node.get("type") == "checkbox" and node.get("name"):
            self.page.options.append((node.get("name"), node.get("value") or "on"))

    def visit_option(self, node: Element, lang: str) -> None:
        """One way of sorting."""
        self.page.options.append(("sort", node.get("value") or ""))


def head_findings(page: Page, own: str, locale: str) -> Iterator[str]:
    """What is wrong with the addresses in the head of a page in ``locale``."""
    here = own + page.url
    if page.canonical and not page.canonical.startswith(f"{own}/"):
        yield f"canonical {page.canonical} is not ours"
    if not page.noindex and page.canonical not in (here, here.partition("?")[0]):
        yield f"may be indexed, but its canonical address is {page.canonical or 'missing'}"
    unknown = set(page.alternates) - {*CODES, "x-default"}
    if unknown:
        yield f"alternates in {unknown}"
    for code, url in page.alternates.items():
        if code != "x-default" and not url.startswith(f"{own}/{code}/"):
            yield f"the alternate for {code} is {url}"
    if page.alternates and "x-default" not in page.alternates:
        yield "alternates without one for everybody else"
    if page.alternates and not page.noindex and page.alternates.get(locale) != page.canonical:
        yield f"its own alternate is {page.alternates.get(locale)}"


def serialised(findings: dict[str, Any], limit: int = 40) -> str:
    """Findings by what is wrong, each with the first pages it was found on."""
    lines = [f"{what}  ({len(where)}: {', '.join(where[:3])})" for what, where in findings.items()]
    more = f"\n… and {len(lines) - limit} more" if len(lines) > limit else ""
    return "\n".join(lines[:limit]) + more
