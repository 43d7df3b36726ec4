import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    """The controlled vocabulary."""

    name = "clavet.vocabulary"
    label = "vocabulary"
    verbose_name = _("Vocabulary")

    def ready(self) -> None:
        """Keep history, registered here: after the translation, so that it knows every language's columns."""
        simple_history.register(self.get_model("Concept"), app="clavet.vocabulary", excluded_fields=["loaded"])
