"""Form fields that both readers' and editors' forms use."""

from __future__ import annotations

from typing import Any

from django import forms


class LongTextField(forms.CharField):
    """Text in which a line break counts once: browsers count it so, and yet send it as two signs."""

    def to_python(self, value: Any) -> str:
        """The text with line feeds only."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text
