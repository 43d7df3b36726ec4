from modeltranslation.translator import TranslationOptions, register

from network.models import Authority


@register(Authority)
class AuthorityTranslation(TranslationOptions):
    """Where an authority has a name in other languages, that name; what it says of itself."""

    fields = ("other_name", "description")
