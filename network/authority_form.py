"""What an authority says of itself: the form for its authors on the desk, the same fields for coordinators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from clavet.accounts.roles import is_coordinator
from clavet.desk.access import for_members
from clavet.languages import LANGUAGES, own_name
from clavet.publishing.documents import clean_text
from clavet.vocabulary.tree import read_tree
from clavet.web.fields import LongTextField
from network.joining_views import head
from network.models import Authority, Member
from network.models.authorities import DESCRIPTION_LENGTH, MOST_CHALLENGES, OF_MEMBERS
from network.rules import is_author_for

MOST_TOPICS = 10
CHALLENGES = tuple(f"challenge_{rank}" for rank in range(1, MOST_CHALLENGES + 1))


def topics_field(label: Any) -> forms.MultipleChoiceField:
    """A choice of several topics; they are filled in when the form is made."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Hold Ctrl (on a Mac: Cmd) to choose several."),
    )


class AuthorityForm(forms.ModelForm):
    """The fields that authors and coordinators share. What members have to say is asked by the model."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Working languages"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    topics_offered = topics_field(gettext_lazy("Topics on which you have something to offer"))
    topics_sought = topics_field(gettext_lazy("Topics on which you look for something"))
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Authority
        fields = (
            "languages", "topics_offered", "topics_sought", "contact", "website", "population", "population_year",
            "facts_source", "urbanisation", "nuts", "lau", "latitude", "longitude",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = read_tree(get_language() or "en").labels
        self.topics = sorted(labels.items(), key=lambda item: item[1].casefold())
        for name in ("topics_offered", "topics_sought"):
            self.fields[name].choices = self.topics
        own = Member.objects.filter(memberships__authority=self.instance.pk, memberships__left_on=None)
        contact = self.fields["contact"]
        contact.queryset = own.select_related("account").order_by("account__name", "pk")
        contact.label_from_instance = lambda member: member.account.name or member.account.email

    def clean_nuts(self) -> str:
        """Codes are written in capitals."""
        return self.cleaned_data["nuts"].strip().upper()

    def clean_topics_offered(self) -> list[str]:
        """So many that they still say something."""
        return self._not_too_many("topics_offered")

    def clean_topics_sought(self) -> list[str]:
        """The same."""
        return self._not_too_many("topics_sought")

    def _not_too_many(self, name: str) -> list[str]:
        if len(self.cleaned_data[name]) > MOST_TOPICS:
            raise forms.ValidationError(_("Choose at most %(number)d topics.") % {"number": MOST_TOPICS})
        return self.cleaned_data[name]

    def clean(self) -> dict[str, Any]:
        """A point has two numbers."""
        found = super().clean()
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if name in found and other in found and found[name] is None and found[other] is not None:
                self.add_error(name, _("A point on the map needs both numbers."))
        return found


class OwnAuthorityForm(AuthorityForm):
    """The form on the desk: also the description, in the language of the page, and the challenges by their rank."""

    description = LongTextField(
        max_length=DESCRIPTION_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    class Meta(AuthorityForm.Meta):
        pass

    field_order = ("description", "languages", "topics_offered", "topics_sought", *CHALLENGES, "contact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = get_language() or "en"
        self.initial["description"] = getattr(self.instance, f"description_{self.language}") or ""
        field = self.fields["description"]
        field.label = _("Description (%(language)s)") % {"language": own_name(self.language)}
        field.help_text = _("To write it in another language, change the language of this page.")
        ranked = [*self.instance.challenges, *[""] * MOST_CHALLENGES]
        for rank, name in enumerate(CHALLENGES, start=1):
            self.fields[name] = forms.ChoiceField(
                label=_("Challenge %(rank)d") % {"rank": rank}, choices=[("", "—"), *self.topics], required=False
            )
            self.initial[name] = ranked[rank - 1]
        if self.instance.status == Authority.Status.MEMBER:
            for name in OF_MEMBERS:
                self.fields[name].is_wanted = True
        self.order_fields(self.field_order)

    def clean_description(self) -> str:
        """The text without control characters."""
        return clean_text(self.cleaned_data["description"])

    def clean(self) -> dict[str, Any]:
        """A challenge stands once."""
        found = super().clean()
        ranked = [found[name] for name in CHALLENGES if found.get(name)]
        if len(set(ranked)) < len(ranked):
            twice = next(name for name in reversed(CHALLENGES) if ranked.count(found.get(name)) > 1)
            self.add_error(twice, _("This challenge stands here twice."))
        self.instance.challenges = ranked
        return found

    def save(self, commit: bool = True) -> Authority:
        """Save the authority with the description of this language."""
        setattr(self.instance, f"description_{self.language}", self.cleaned_data["description"])
        return super().save(commit)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The page on which authors keep what their authority says of itself. 404 for everybody else."""
    authority = Authority.objects.filter(code_id=code).first()
    if authority is None or not (is_author_for(request.user, authority) or is_coordinator(request.user)):
        raise Http404
    form = OwnAuthorityForm(request.POST or None, instance=authority)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("What your authority says of itself is saved."))
        return redirect(request.path)
    stored = Authority.objects.get(pk=authority.pk)
    language = get_language() or "en"
    context = {
        "form": form,
        "name": stored.name_in(language),
        "url": stored.url_in(language) if stored.is_visible else "",
        "meta": head(stored.own_name),
    }
    return render(request, "network/authority_form.html", context, status=400 if form.errors else 200)
