from modeltranslation.translator import TranslationOptions, register

from fiches.models import Attachment, Fiche, Indicator, Step


@register(Fiche)
class FicheTranslation(TranslationOptions):
    """All texts of the shape, and what is derived from the title."""

    fields = (*(spec.name for spec in Fiche.shape.texts), "slug", "sort_key")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    """What is measured, and in what."""

    fields = ("name", "unit")


@register(Step)
class StepTranslation(TranslationOptions):
    """What to do."""

    fields = ("text",)


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    """What the file is, and what a picture shows."""

    fields = ("title", "alternative_text")
