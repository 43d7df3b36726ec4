from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Codes, revisions, versions, translations."""

    name = "clavet.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Say what changes the public pages of records beyond publications, the rules and the clock; and ask whether
        what they say is still true."""
        from clavet.cache import moments, public
        from clavet.desk import blocks
        from clavet.mail import registry
        from clavet.operations import periodic
        from clavet.publishing import confirming, confirming_views, own_data
        from clavet.publishing.freshness import next_outdated

        public.register(self.get_model("PublishingRules"))
        moments.register(next_outdated)
        registry.register(confirming.ASKED)
        periodic.register("facts to confirm", confirming.ask_due)
        blocks.register(confirming_views.block, place=20)
        own_data.declare()
