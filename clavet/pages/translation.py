from modeltranslation.translator import TranslationOptions, register

from clavet.pages.models import Page


@register(Page)
class PageTranslation(TranslationOptions):
    """All words of a page."""

    fields = ("title", "summary", "body")
