from modeltranslation.translator import TranslationOptions, register

from clavet.vocabulary.models import Concept


@register(Concept)
class ConceptTranslation(TranslationOptions):
    """A concept's label and definition exist in all nine languages."""

    fields = ("preferred", "definition")
