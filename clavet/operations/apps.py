from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Start, health, logs, backups, catalogues."""

    name = "clavet.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
