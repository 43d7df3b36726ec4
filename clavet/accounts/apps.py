from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts and roles."""

    name = "clavet.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Say what of ours is due from time to time, and what we send."""
        from clavet.accounts import mails
        from clavet.accounts.throttle import forget_counts, forget_failures
        from clavet.mail import registry
        from clavet.operations import periodic

        for message in mails.messages():
            registry.register(message)
        periodic.register("failed log-ins erased", forget_failures)
        periodic.register("counts erased", forget_counts)
