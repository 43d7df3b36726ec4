from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Codes, revisions, versions, translations."""

    name = "clavet.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Say what changes the public pages of records beyond publications: the rules, and the clock."""
        from clavet.cache import moments, public
        from clavet.publishing import own_data
        from clavet.publishing.freshness import next_outdated

        public.register(self.get_model("PublishingRules"))
        moments.register(next_outdated)
        own_data.declare()
