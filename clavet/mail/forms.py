"""The form of preferences."""

from __future__ import annotations

from typing import Any

from django import forms

from clavet.accounts.models import User
from clavet.mail.models import Choice, key_of
from clavet.mail.preferences import choices_of, choose


class PreferencesForm(forms.Form):
    """One question for each message about which the account may decide; its field has the message's name."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for message, choice in choices_of(user):
            possible = [(value, label) for value, label in Choice.choices if message.can_wait or value != Choice.DAILY]
            self.fields[message.name] = forms.ChoiceField(
                label=message.label, choices=possible, initial=choice, widget=forms.RadioSelect
            )

    def save(self) -> None:
        """Write down what changed."""
        for name in self.changed_data:
            choose(key_of(self.user), name, Choice(self.cleaned_data[name]))
