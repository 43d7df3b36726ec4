from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts and roles."""

    name = "clavet.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Say what of ours is due from time to time."""
        from clavet.accounts.throttle import forget_failures
        from clavet.operations import periodic

        periodic.register("failed log-ins erased", forget_failures)
