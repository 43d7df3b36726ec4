from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """E-mail: the queue, the digest, preferences."""

    name = "clavet.mail"
    label = "mail"
    verbose_name = _("E-mail")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the digest, and say what is due from time to time."""
        from clavet.mail import digests, own_data, registry, retention, sending
        from clavet.mail.samples import digest
        from clavet.operations import periodic

        registry.register(
            registry.Message(registry.DIGEST, _("the daily digest that you chose"), essential=False, sample=digest)
        )
        own_data.declare()
        periodic.register("digests queued", digests.make_due)
        periodic.register("e-mails erased", retention.forget_old)
        periodic.register(sending.JOB, sending.drain, own_transactions=True)
