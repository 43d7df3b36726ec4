import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    """The controlled vocabulary."""

    name = "clavet.vocabulary"
    label = "vocabulary"
    verbose_name = _("Vocabulary")

    def ready(self) -> None:
        """Keep history, registered here: after the translation, so that it knows every language's columns.
        Every change of a topic is public."""
        from clavet.cache import addresses, public

        simple_history.register(self.get_model("Concept"), app="clavet.vocabulary", excluded_fields=["loaded"])
        public.register(self.get_model("Concept"), self.get_model("AlternativeLabel"))
        addresses.below_language("topics")
        addresses.whole("/vocabulary.ttl", "/vocabulary.jsonld")
