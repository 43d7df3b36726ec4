"""Form fields for what records hold beside texts. Their ``clean`` gives plain JSON: it goes into documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language, gettext_lazy as _
from django_countries import countries

from clavet.languages import CODES
from clavet.publishing.codes import is_code
from clavet.publishing.models import Code, StoredFile
from clavet.vocabulary.models import Concept

# Formats that a reader can open and change, by their endings (records.md: PDF, ODF, OOXML, CSV, images).
EDITABLE_ENDINGS = {"odt", "ods", "odp", "docx", "xlsx", "pptx", "csv"}
PICTURE_ENDINGS = {"png", "jpg", "jpeg", "webp", "gif"}


def ending(name: str) -> str:
    """What stands behind the last dot of a file name, in lower case; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_editable(name: str) -> bool:
    """Whether a file of this name can be edited by whoever takes it."""
    return ending(name) in EDITABLE_ENDINGS


def is_picture(name: str) -> bool:
    """Whether a file of this name is a picture."""
    return ending(name) in PICTURE_ENDINGS


class ValuesField(forms.MultipleChoiceField):
    """Several of a closed list, kept in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        """The chosen values, once each. ``ValidationError`` for one that is not in the list."""
        if value is not None and not isinstance(value, list | tuple):
            raise ValidationError(_("This must be a list."))
        chosen = set(super().clean([str(item) for item in value or []]))
        return [key for key, _label in self.choices if key in chosen]


class CountriesField(ValuesField):
    """Several countries by ISO 3166-1 alpha-2."""

    widget = forms.SelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(code, name) for code, name in countries], **kwargs)


class OrderedField(forms.Field):
    """Several values that keep the order given; entered as a line separated by commas."""

    widget = forms.TextInput
    takes_several = True

    def prepare_value(self, value: Any) -> Any:
        """A list as the line that a person edits."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """A list or a line as a list without repetitions."""
        if not value:
            return []
        if isinstance(value, str):
            value = re.split(r"[,\s]+", value.strip())
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise ValidationError(_("This must be a list."))
        return list(dict.fromkeys(item for item in value if item))


class CodesField(OrderedField):
    """Codes of other records."""

    def __init__(self, *, prefixes: Iterable[str], **kwargs: Any) -> None:
        self.prefixes = tuple(prefixes)
        super().__init__(**kwargs)

    def validate(self, value: list[str]) -> None:
        """Each must be a code of the right kind that has been given."""
        super().validate(value)
        wrong = [item for item in value if not is_code(item) or item[:2] not in self.prefixes]
        wrong = wrong or sorted(set(value) - set(Code.objects.filter(value__in=value).values_list("value", flat=True)))
        if wrong:
            raise ValidationError(_("There is no record %(code)s."), params={"code": wrong[0][:40]})


class ConceptsField(forms.MultipleChoiceField):
    """One to ``maximum`` concepts of the vocabulary, most telling first."""

    def __init__(self, *, maximum: int, **kwargs: Any) -> None:
        self.maximum = maximum
        super().__init__(choices=concept_choices, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The ids of the concepts. ``ValidationError`` for an unknown one or too many."""
        if value is not None and not isinstance(value, list | tuple):
            raise ValidationError(_("This must be a list."))
        chosen = list(dict.fromkeys(super().clean([str(item) for item in value or []])))
        if len(chosen) > self.maximum:
            raise ValidationError(_("At most %(maximum)d are allowed."), params={"maximum": self.maximum})
        return chosen


def concept_choices() -> list[tuple[str, str]]:
    """All concepts with their label in the language of the moment."""
    label = f"preferred_{get_language() if get_language() in CODES else 'en'}"
    return sorted(Concept.objects.values_list("id", label), key=lambda item: item[1].casefold())


class FigureField(forms.CharField):
    """A figure as it stands in its source: digits, at most one point."""

    def to_python(self, value: Any) -> str:
        """The figure with a point. ``ValidationError`` for anything that is not a plain decimal number."""
        text = str(value if value is not None else "").strip().replace(",", ".")
        if text and not re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", text, re.ASCII):
            raise ValidationError(_("Please enter a plain number, such as 12.5."))
        return text


class LanguageTagField(forms.CharField):
    """The language of a title that stays in its own language (ISO 639, two or three letters)."""

    def to_python(self, value: Any) -> str:
        """The tag in lower case. ``ValidationError`` for anything that cannot be one."""
        text = str(value or "").strip().lower()
        if text and not re.fullmatch(r"[a-z]{2,3}", text, re.ASCII):
            raise ValidationError(_("Please enter a language code, such as de."))
        return text


class LinkField(forms.CharField):
    """An address on the web: http or https, nothing else, no name or password in it."""

    def to_python(self, value: Any) -> str:
        """The address. ``ValidationError`` for one that does not lead to the web."""
        text = str(value or "").strip()
        if text:
            URLValidator(schemes=["http", "https"])(text)
            if "@" in urlsplit(text).netloc:
                raise ValidationError(_("Enter a valid URL."))
        return text


class FileNameField(forms.CharField):
    """The name under which a file is taken away."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)

    def validate(self, value: str) -> None:
        """No folders, no control or direction signs, and an ending that we accept."""
        super().validate(value)
        if value and not re.fullmatch(r"[\w][\w .()–-]*\.[A-Za-z0-9]{2,5}", value):
            raise ValidationError(_("This file name cannot be used."))


class StoredFileField(forms.CharField):
    """The digest of a file that has been stored."""

    widget = forms.HiddenInput

    def validate(self, value: str) -> None:
        """The file must be there."""
        super().validate(value)
        if value and not StoredFile.objects.filter(pk=value).exists():
            raise ValidationError(_("This file is not here any more. Please choose it again."))


class CodeField(forms.CharField):
    """The code of one other record."""

    NONE = _("There is no record %(code)s.")

    def __init__(self, *, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(max_length=12, **kwargs)

    def validate(self, value: str) -> None:
        """It must be a code of the right kind that has been given."""
        super().validate(value)
        if value and not (
            is_code(value) and value.startswith(self.prefix) and Code.objects.filter(value=value).exists()
        ):
            raise ValidationError(self.NONE, params={"code": value[:40]})


class MonthField(forms.CharField):
    """A month as ``2024-09``."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value: Any) -> str:
        """The month. ``ValidationError`` for anything that is none of the years from 1900 to 2100."""
        text = str(value or "").strip()
        if text and not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text, re.ASCII):
            raise ValidationError(_("Please enter a month, such as 2024-09."))
        return text


class CoordinateField(forms.CharField):
    """Degrees of latitude or longitude: a decimal number of at most ``most``, kept as text with four decimals."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The degrees. ``ValidationError`` for what is no number or beyond the poles."""
        text = str(value if value is not None else "").strip().replace(",", ".")
        if not text:
            return ""
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,10})?", text, re.ASCII) or abs(float(text)) > self.most:
            raise ValidationError(_("Please enter degrees, such as 45.07."))
        return f"{float(text):.4f}"
