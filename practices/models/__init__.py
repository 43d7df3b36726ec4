"""Practices, the way they take to publication, and who learned from them."""

from practices.models.cases import Case, Recommendation, Remark, Review
from practices.models.practices import Attachment, Indicator, Partner, Practice, Source

__all__ = [
    "Attachment",
    "Case",
    "Indicator",
    "Partner",
    "Practice",
    "Recommendation",
    "Remark",
    "Review",
    "Source",
]
