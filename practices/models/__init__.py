"""Practices, the way they take to publication, and who learned from them."""

from practices.models.adoptions import Adoption, AdoptionLog, AdoptionReport
from practices.models.cases import Case, Recommendation, Remark, Review
from practices.models.holds import Hold
from practices.models.practices import Attachment, Indicator, Partner, Practice, Source

__all__ = [
    "Adoption",
    "AdoptionLog",
    "AdoptionReport",
    "Attachment",
    "Case",
    "Hold",
    "Indicator",
    "Partner",
    "Practice",
    "Recommendation",
    "Remark",
    "Review",
    "Source",
]
