"""The forms of those who have adapted a practice: what they declare, and what they report a year later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES
from clavet.publishing.fields import MonthField
from network.models import Authority
from practices import adopting
from practices.facts import AdoptionOutcome
from practices.shape import EMPTY


def long_text(label: Any, help_text: Any = "") -> forms.CharField:
    """A text of several paragraphs."""
    widget = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, help_text=help_text, max_length=adopting.LONGEST, widget=widget)


class AdoptionForm(forms.Form):
    """What an authority tells of its adoption. With one authority only there is nothing to choose."""

    authority = forms.ChoiceField(label=_("Authority"))
    since = MonthField(label=_("Since when"), help_text=_("Please enter a month, such as 2024-09."))
    what_was_changed = long_text(
        _("What was changed"), _("What you did otherwise than the practice tells, and why it had to be so.")
    )
    what_was_learned = long_text(
        _("What was learned"), _("What others should know before they do the same, also what failed.")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[*EMPTY, *AdoptionOutcome.choices])
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGES)

    names = adopting.TOLD

    def __init__(self, authorities: Sequence[Authority], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [(authority.code_id, str(authority)) for authority in authorities]
        if len(authorities) == 1:
            self.fields["authority"].initial = authorities[0].code_id
        if not authorities:
            del self.fields["authority"]

    def clean(self) -> dict[str, Any]:
        """The same rules as in the domain, beside the field that each is about."""
        values = super().clean()
        for problem in adopting.problems(values, self.names):
            if problem.key in self.fields and problem.key not in self.errors:
                self.add_error(problem.key, problem.message)
        return values


class ReportForm(forms.Form):
    """How it went on."""

    what_came_of_it = long_text(_("What has become of it"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[*EMPTY, *AdoptionOutcome.choices])
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGES)
