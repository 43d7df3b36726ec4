"""The forms of authors: a new practice, the steps, handing in, replying. A draft may be unfinished, so nothing that is
missing is an error before it is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES
from clavet.publishing import documents
from clavet.publishing.documents import Document
from clavet.publishing.forms import TEXT, RowFormSet, SourceForm, row_formset
from network.models import Authority, Member
from practices.models import Case
from practices.shape import ANSWERS, PRACTICE_SHAPE, Step

Choices = Sequence[tuple[Any, Any]]


class BeginForm(forms.Form):
    """Whose practice it is, and in which language it is written."""

    authority = forms.ChoiceField(label=_("Authority"))
    language = forms.ChoiceField(
        label=_("Language it is written in"),
        choices=LANGUAGES,
        help_text=_("Write in the language in which you think. Translations come later."),
    )

    def __init__(self, authorities: Sequence[Authority], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [(authority.code_id, str(authority)) for authority in authorities]


class StepForm(SourceForm):
    """The fields of one step. Whatever is typed can be kept: what is too long is said, and saved all the same."""

    # Not shown: it stays what it is.
    FIXED = ("authority",)

    def __init__(self, step: Step, case: Case, topics: Choices, *args: Any, **kwargs: Any) -> None:
        self.names = [name for name in step.fields if name not in self.FIXED]
        super().__init__(PRACTICE_SHAPE, case.revision.document, *args, only=self.names, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].choices = topics
            self.fields["topics"].widget = forms.CheckboxSelectMultiple(choices=topics)
        for spec in self.text_specs:
            self.fields[TEXT + spec.name].is_wanted = spec.required
        for name in ANSWERS.keys() & self.fields.keys():
            self.fields[name].is_wanted = True
        if "contact" in self.fields:
            people = colleagues(case.authority)
            self.fields["contact"] = forms.TypedChoiceField(
                label=self.fields["contact"].label,
                choices=[("", "—"), *people],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=_("Members see the name and can write to it through a form; addresses stay hidden."),
            )

    def changes(self) -> dict[str, dict[str, Any]]:
        """What the step says, as ``cases.save_fields`` takes it; fields that hold nonsense are left as they were."""
        texts = {
            spec.name: documents.clean_text(
                self.cleaned_data.get(TEXT + spec.name) or self.data.get(TEXT + spec.name, "")
            )
            for spec in self.text_specs
        }
        neutral = {name: value for name, value in self.neutral().items() if name not in self.errors}
        return {"texts": texts, "neutral": neutral}


def colleagues(authority: str) -> list[tuple[int, str]]:
    """The members of an authority, by the number that a text names them with."""
    members = Member.objects.filter(memberships__authority__code_id=authority, memberships__left_on=None)
    return [(member.pk, str(member)) for member in members.select_related("account").order_by("account__name")]


def row_formsets(step: Step, document: Document, *args: Any) -> dict[str, RowFormSet]:
    """The rows that the step asks for."""
    return {name: row_formset(PRACTICE_SHAPE.child(name), document, *args) for name in step.children}


def row_changes(formsets: dict[str, RowFormSet]) -> dict[str, dict[str, Any]]:
    """What valid formsets say, as ``cases.save_fields`` takes it."""
    texts, children = {}, {}
    for name, formset in formsets.items():
        child = PRACTICE_SHAPE.child(name)
        rows = formset.rows()
        children[name] = [neutral for neutral, _texts in rows]
        for neutral, row_texts in rows:
            texts |= {
                f"{child.key}.{neutral['id']}.{key}": documents.clean_text(text) for key, text in row_texts.items()
            }
    return {"texts": texts, "children": children}


class HandInForm(forms.Form):
    """The declaration without which nothing is handed in."""

    declared = forms.BooleanField(
        label=_(
            "We hold the rights to these texts, pictures and documents, the people shown agree, "
            "and all of it may be published under the licence chosen."
        )
    )


class LetterForm(forms.Form):
    """A text to somebody who waits for it."""

    text = forms.CharField(label=_("Your text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}))


class ReasonForm(forms.Form):
    """Why something is given up; may stay empty."""

    text = forms.CharField(label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
