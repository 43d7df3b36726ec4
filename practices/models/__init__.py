"""Practices, the way they take to publication, and who learned from them."""

from practices.models.practices import Attachment, Indicator, Partner, Practice, Source

__all__ = ["Attachment", "Indicator", "Partner", "Practice", "Source"]
