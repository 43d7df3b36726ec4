from modeltranslation.translator import TranslationOptions, register

from practices.models import Attachment, Indicator, Practice


@register(Practice)
class PracticeTranslation(TranslationOptions):
    """All texts of the shape, and what is derived from the title."""

    fields = (*(spec.name for spec in Practice.shape.texts), "slug", "sort_key")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    """What is measured, and in what."""

    fields = ("name", "unit")


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    """What the file is, and what a picture shows."""

    fields = ("title", "alternative_text")
