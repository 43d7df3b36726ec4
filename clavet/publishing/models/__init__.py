"""The tables of publishing, a module for each thing."""

from clavet.publishing.models.codes import Code, CodeCounter
from clavet.publishing.models.files import StoredFile
from clavet.publishing.models.log import LogEntry
from clavet.publishing.models.records import Record, RecordQuerySet
from clavet.publishing.models.revisions import Revision
from clavet.publishing.models.rules_in_force import PublishingRules
from clavet.publishing.models.versions import Translation, Version

__all__ = [
    "Code",
    "CodeCounter",
    "LogEntry",
    "PublishingRules",
    "Record",
    "RecordQuerySet",
    "Revision",
    "StoredFile",
    "Translation",
    "Version",
]
