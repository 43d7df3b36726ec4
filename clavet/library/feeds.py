"""Atom feeds of a kind of record, per language and topic (RFC 4287)."""

from __future__ import annotations

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from clavet.library.cards import Card, cards_in_order
from clavet.library.kinds import Library
from clavet.library.rooms import newest_codes, newest_on
from clavet.vocabulary.models import Concept
from clavet.web.meta import absolute

FEED_SIZE = 50


class LanguageAtom(Atom1Feed):
    """Atom with the language of each entry where it differs from the feed's, and ids that never change."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """``xml:lang`` on entries whose text is in another language."""
        attributes = super().item_attributes(item)
        if item.get("lang"):
            attributes["xml:lang"] = item["lang"]
        return attributes


class RecordFeed(Feed):
    """The newest records of a kind in the reader's language."""

    feed_type = LanguageAtom

    def __init__(self, library: Library) -> None:
        self.library = library

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any):
        """The feed; its addresses carry the site's own host, whatever the request said."""
        response = super().__call__(request, *args, **kwargs)
        response["Content-Type"] = "application/atom+xml; charset=utf-8"
        return response

    def get_object(self, request: HttpRequest, topic: str | None = None) -> Concept | None:
        """The topic of the feed. 404 for an unknown one."""
        if topic is None:
            return None
        concept = Concept.objects.filter(pk=topic).first()
        if concept is None:
            raise Http404
        return concept

    def title(self, topic: Concept | None) -> str:
        """What the feed is of."""
        sentences = self.library.sentences
        return sentences.feed_on_topic % {"topic": topic.preferred} if topic else str(sentences.feed)

    def link(self, topic: Concept | None) -> str:
        """The list that the feed follows."""
        path = self.library.url()
        return absolute(f"{path}?topic={topic.pk}" if topic else path)

    def feed_url(self, topic: Concept | None) -> str:
        """Where the feed itself is."""
        return absolute(self.library.url("topic-feed", topic.pk) if topic else self.library.url("feed"))

    def feed_guid(self, topic: Concept | None) -> str:
        """An id that stays the same."""
        return self.feed_url(topic)

    def items(self, topic: Concept | None) -> list[tuple[Card, Any]]:
        """The newest records, each with its moments."""
        language = get_language()
        prefix = self.library.prefix
        codes = (
            newest_on(prefix, topic.pk, language)[:FEED_SIZE] if topic else newest_codes(prefix, language, FEED_SIZE)
        )
        rows = self.library.model.objects.visible_to().filter(code_id__in=codes)
        moments = {code: (published, changed) for code, published, changed in rows.values_list(
            "code_id", "published_at", "changed_at"
        )}  # fmt: skip
        return [(card, moments[card.code]) for card in cards_in_order(codes, language)]

    def item_title(self, item: tuple[Card, Any]) -> str:
        """The title as the card shows it."""
        return item[0].title.value

    def item_description(self, item: tuple[Card, Any]) -> str:
        """The summary as the card shows it."""
        return item[0].summary.value

    def item_link(self, item: tuple[Card, Any]) -> str:
        """The record's page."""
        return absolute(item[0].url)

    def item_guid(self, item: tuple[Card, Any]) -> str:
        """The permanent address."""
        return absolute(f"/id/{item[0].code}")

    def item_pubdate(self, item: tuple[Card, Any]) -> Any:
        """When it was first published."""
        return item[1][0]

    def item_updateddate(self, item: tuple[Card, Any]) -> Any:
        """When it last changed."""
        return item[1][1]

    def item_categories(self, item: tuple[Card, Any]) -> list[str]:
        """Its topics."""
        return item[0].topics

    def item_author_name(self, item: tuple[Card, Any]) -> str:
        """Atom wants an author."""
        return "CLAVET"

    def item_extra_kwargs(self, item: tuple[Card, Any]) -> dict[str, str]:
        """The language of the entry."""
        card = item[0]
        return {"lang": card.title.lang if card.title.foreign else ""}
