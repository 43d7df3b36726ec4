"""Forms for revisions, made from the shape of a record: one for its texts and neutral fields, one for each kind of row.

A draft may be unfinished, so nothing is required here; what is missing is said when it is submitted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from clavet.publishing import documents, files
from clavet.publishing.documents import Document
from clavet.publishing.fields import StoredFileField
from clavet.publishing.models import Revision, Version
from clavet.publishing.models.revisions import Method, Part
from clavet.publishing.shape import ChildSpec, Shape, TextSpec
from clavet.web.fields import LongTextField

TEXT = "text-"


def text_field(spec: TextSpec) -> LongTextField:
    """A field for one text, with its limit; long ones get room."""
    widget = forms.TextInput() if spec.limit <= 160 else forms.Textarea(attrs={"rows": 4 if spec.limit <= 400 else 12})
    help_text = spec.help or (_("Markdown: ### headings, lists, tables, links, quotes.") if spec.markdown else "")
    return LongTextField(label=spec.label, max_length=spec.limit, required=False, widget=widget, help_text=help_text)


def optional(field: forms.Field) -> forms.Field:
    """``field``, not required of a draft; ``is_wanted`` remembers whether it is before the text is handed in."""
    field.is_wanted, field.required = field.required, False
    return field


class SourceForm(forms.Form):
    """The source text of a record, with everything neutral but its rows; with ``only`` no more than what that names,
    in its order."""

    def __init__(
        self, shape: Shape, document: Document, *args: Any, only: Sequence[str] | None = None, **kwargs: Any
    ) -> None:
        texts, neutral = document.get("texts", {}), document.get("neutral", {})
        initial = {TEXT + spec.name: texts.get(spec.name, "") for spec in shape.texts} | neutral
        super().__init__(*args, initial=initial, **kwargs)
        self.shape = shape
        self.text_specs = [spec for spec in shape.texts if only is None or spec.name in only]
        self.neutral_specs = [spec for spec in shape.neutral if only is None or spec.name in only]
        made = {spec.name: (TEXT + spec.name, text_field(spec)) for spec in self.text_specs}
        made |= {spec.name: (spec.name, optional(spec.field())) for spec in self.neutral_specs}
        for name in made if only is None else only:
            key, field = made[name]
            self.fields[key] = field

    def texts(self) -> dict[str, str]:
        """The texts as cleaned."""
        return {
            spec.name: documents.clean_text(self.cleaned_data[TEXT + spec.name])
            for spec in self.text_specs
            if self.cleaned_data.get(TEXT + spec.name)
        }

    def neutral(self) -> dict[str, Any]:
        """Everything neutral, as plain JSON."""
        found = {spec.name: self.cleaned_data.get(spec.name) for spec in self.neutral_specs}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()}


class TranslationForm(forms.Form):
    """One language's texts, rows included, and how they came about."""

    part = forms.ChoiceField(label=_("How much is translated"), choices=Part.choices)
    method = forms.ChoiceField(label=_("How it was translated"), choices=Method.choices)
    translator_name = forms.CharField(
        label=_("Translator"), max_length=150, required=False, help_text=_("As the page credits it; may stay empty.")
    )
    base_version = forms.IntegerField(label=_("Translation of version"), min_value=1)

    def __init__(self, shape: Shape, revision: Revision, source: Document, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(revision, name) for name in ("part", "method", "translator_name", "base_version")}
        texts = revision.document.get("texts", {})
        self.keys = list(documents.text_keys(shape, source))
        initial |= {TEXT + key: texts.get(key, "") for key, _spec in self.keys}
        super().__init__(*args, initial=initial, **kwargs)
        for key, spec in self.keys:
            if source["texts"].get(key):
                self.fields[TEXT + key] = text_field(spec)

    def document(self) -> Document:
        """The translation's document."""
        return {
            "texts": {
                key: documents.clean_text(self.cleaned_data[TEXT + key])
                for key, _spec in self.keys
                if self.cleaned_data.get(TEXT + key)
            }
        }


class RowForm(forms.Form):
    """One row; ``child`` is set by ``row_formset``."""

    child: ChildSpec
    row_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for spec in self.child.texts:
            self.fields[TEXT + spec.name] = text_field(spec)
        for spec in self.child.neutral:
            self.fields[spec.name] = optional(spec.field())
            if isinstance(self.fields[spec.name], StoredFileField):
                self.fields["upload"] = forms.FileField(label=_("File"), required=False)
        if "upload" in self.fields:
            self.fields["name"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Store an uploaded file and name it; an error stands beside the file."""
        cleaned = super().clean() or {}
        upload = cleaned.get("upload")
        if upload:
            try:
                stored = files.store(upload, upload.name)
            except ValidationError as error:
                self.add_error("upload", error)
            else:
                cleaned["file"], cleaned["name"] = stored.pk, files.safe_name(upload.name)
        return cleaned

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything into this row."""
        return not any(
            value
            for name, value in self.cleaned_data.items()
            # A list of choices says something by itself in every spare row.
            if name not in ("row_id", "DELETE") and not isinstance(self.fields.get(name), forms.ChoiceField)
        )


class RowFormSet(BaseFormSet):
    """All rows of one kind."""

    child: ChildSpec

    def rows(self) -> list[tuple[dict[str, Any], dict[str, str]]]:
        """The rows that stay, in the order of the page: neutral values with the id, and texts by name."""
        taken = {form.cleaned_data["row_id"] for form in self.forms if form.cleaned_data.get("row_id")}
        found = []
        for form in self.forms:
            data = form.cleaned_data
            if not data or data.get("DELETE") or form.is_empty:
                continue
            row_id = data.get("row_id")
            if not row_id or not documents.CHILD_ID.fullmatch(row_id):
                row_id = new_id(self.child.key[0], taken)
                taken.add(row_id)
            neutral = {"id": row_id, **{spec.name: data.get(spec.name) for spec in self.child.neutral}}
            found.append((neutral, {spec.name: data.get(TEXT + spec.name) or "" for spec in self.child.texts}))
        return found


def new_id(letter: str, taken: set[str]) -> str:
    """The next free id of a row: a letter and a number."""
    numbers = [int(found[1]) for found in (re.fullmatch(letter + r"(\d+)", row_id) for row_id in taken) if found]
    return f"{letter}{max(numbers, default=0) + 1}"


def row_formset(child: ChildSpec, document: Document, *args: Any, **kwargs: Any) -> RowFormSet:
    """The rows of ``document`` as a formset, with two empty ones at its end."""
    form = type("BoundRowForm", (RowForm,), {"child": child})
    base = type("BoundRowFormSet", (RowFormSet,), {"child": child})
    factory = formset_factory(form, formset=base, extra=2, can_delete=True, max_num=child.maximum, validate_max=True)
    initial = []
    for row in document.get("children", {}).get(child.name, []):
        texts = {
            TEXT + spec.name: document["texts"].get(f"{child.key}.{row['id']}.{spec.name}", "") for spec in child.texts
        }
        initial.append({**{key: value for key, value in row.items() if key != "id"}, "row_id": row["id"], **texts})
    return factory(*args, initial=initial, prefix=child.name, **kwargs)


def assemble(form: SourceForm, formsets: dict[str, RowFormSet]) -> Document:
    """One source document from a valid form and its valid formsets."""
    texts, children = form.texts(), {}
    for child in form.shape.children:
        children[child.name] = []
        for neutral, row_texts in formsets[child.name].rows():
            children[child.name].append(neutral)
            texts |= {
                f"{child.key}.{neutral['id']}.{name}": documents.clean_text(text)
                for name, text in row_texts.items()
                if text
            }
    return {"texts": texts, "neutral": form.neutral(), "children": children}


class AcceptForm(forms.Form):
    """How much a change of the source matters, and what it is."""

    significance = forms.ChoiceField(label=_("Significance"))
    change_note = forms.CharField(
        label=_("What changed"), max_length=200, required=False, help_text=_("One line, in the language of the record.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_texts = {
            Version.Significance.EDITORIAL: _("editorial: translations stay current"),
            Version.Significance.MEDIUM: _("medium: translations count as outdated after the days of grace"),
            Version.Significance.MAJOR: _("major: translations are outdated at once, and readers are told"),
        }
        self.fields["significance"].choices = list(help_texts.items())


class ReasonForm(forms.Form):
    """A reason for a step that wants one."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
