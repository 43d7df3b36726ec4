from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Start, health, logs, backups, catalogues."""

    name = "clavet.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of ours is due from time to time."""
        from clavet.operations import periodic
        from clavet.operations.sessions import forget_expired

        periodic.register("expired sessions erased", forget_expired)
