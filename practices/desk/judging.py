"""What a reviewer does: read the page as it would be, score, recommend, write, pin remarks to fields."""

from __future__ import annotations

import json
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clavet.languages import SOURCE
from clavet.publishing.errors import Conflict, Invalid, PublishingError
from practices import reviewing, rubric
from practices.desk.comparing import comparison
from practices.desk.finding import for_case
from practices.desk.frame import desk_page
from practices.desk.overview import labelled, preview_url, title_of
from practices.desk.telling import told
from practices.forms import ReasonForm
from practices.models import Case, Practice, Recommendation, Remark, Review
from practices.shape import STEPS


@lru_cache(maxsize=1)
def written_rubric() -> dict[str, Any]:
    """The words of the six criteria in nine languages."""
    return json.loads((settings.PROJECT / "data" / "rubric.json").read_text(encoding="utf-8"))


def criteria(language: str) -> list[SimpleNamespace]:
    """The criteria with the written meaning of 1, 3 and 5."""
    words = written_rubric()
    return [
        SimpleNamespace(
            name=name,
            **{part: words[name][part].get(language) or words[name][part][SOURCE] for part in words[name]},
        )
        for name in rubric.CRITERIA
    ]


class ReviewForm(forms.Form):
    """Six scores, a recommendation, a text for the author and one for the editor."""

    recommendation = forms.ChoiceField(
        label=gettext_lazy("Your recommendation"),
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    for_author = forms.CharField(
        label=gettext_lazy("For the author"),
        help_text=gettext_lazy("The author reads this without your name."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    for_editor = forms.CharField(
        label=gettext_lazy("For the editor only"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, review: Review, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(review, name) for name in ("recommendation", "for_author", "for_editor")}
        super().__init__(*args, initial={**initial, **review.scores}, **kwargs)
        for each in criteria(get_language()):
            self.fields[each.name] = forms.TypedChoiceField(
                label=each.label,
                help_text=each.question,
                choices=[(score, str(score)) for score in rubric.SCORES],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def values(self) -> dict[str, Any]:
        """What was filled in, as ``reviewing.save_review`` takes it."""
        data = self.cleaned_data
        return {
            "scores": {name: data.get(name) for name in rubric.CRITERIA},
            **{name: data.get(name) for name in ("recommendation", "for_author", "for_editor")},
        }


def own_review(request: HttpRequest, case: Case) -> Review:
    """The review of the case that the person was asked for. 404 where there is none."""
    review = case.reviews.filter(reviewer=request.user, released_at=None).select_related("case").first()
    if review is None:
        raise Http404
    return review


@require_http_methods(["GET", "HEAD", "POST"])
@for_case("practices.read_case")
def review(request: HttpRequest, case: Case) -> HttpResponse:
    """One's review of a case: saved as often as one likes, given once."""
    mine = own_review(request, case)
    form = ReviewForm(mine, request.POST or None)
    status = 200
    if request.method == "POST":
        status = save(request, mine, form)
        if status == 302:
            return redirect("practices-desk:review", case.code_id)
        mine = own_review(request, case)
    context = {
        "case": case,
        "review": mine,
        "form": form,
        "criteria": [SimpleNamespace(field=form[each.name], words=each) for each in criteria(get_language())],
        "is_open": mine.is_waiting and case.state == Case.State.IN_REVIEW,
        "seen": request.POST.get("seen") or mine.saved,
        "remarks": labelled(mine.remarks.all()),
        "keys": [
            (name, Practice.shape.label_of(name)) for step in STEPS for name in step.fields if name != "authority"
        ],
        "preview_url": preview_url(case, request.LANGUAGE_CODE),
        "comparison": comparison(case),
        "lang": case.revision.language,
    }
    title = _("Review: %(title)s") % {"title": title_of(case)}
    return desk_page(request, "practices/desk/review.html", title, context, case=case, status=status)


def save(request: HttpRequest, mine: Review, form: ReviewForm) -> int:
    """Save, and give if asked to; what stands in the way is told. Returns the status: 302 for on with it."""
    if not form.is_valid():
        return 400
    seen = request.POST.get("seen", "")
    try:
        mine = reviewing.save_review(
            mine, form.values(), actor=request.user, seen=int(seen) if seen.isdecimal() else -1
        )
        if "give" in request.POST:
            reviewing.give(mine, actor=request.user)
            messages.success(request, _("Thank you. The editor has your review."))
        else:
            messages.success(request, _("Saved. The editor sees it once you give it."))
    except Invalid as error:
        for problem in error.problems:
            form.add_error(problem.key, problem.message)
        form.data = form.data.copy()
        form.data["seen"] = str(mine.saved)
        return 400
    except Conflict:
        form.add_error(None, _("You saved this review in another window meanwhile. What you typed here is not saved."))
        return 409
    except PublishingError:
        messages.error(request, _("This cannot be done any more: somebody may have been quicker."))
    return 302


@require_POST
@for_case("practices.read_case")
def remark(request: HttpRequest, case: Case) -> HttpResponse:
    """Pin a remark to a field."""
    mine = own_review(request, case)
    key, text = request.POST.get("key", ""), request.POST.get("text", "").strip()[:2000]
    if text and any(key in step.fields for step in STEPS):
        told(request, lambda: reviewing.remark(case, key, text, actor=request.user, review=mine))
    return redirect(f"{reverse('practices-desk:review', args=[case.code_id])}#remarks")


@require_POST
@for_case("practices.read_case")
def unpin(request: HttpRequest, case: Case, remark_id: int) -> HttpResponse:
    """Take a remark of one's own back."""
    standing = Remark.objects.filter(pk=remark_id, case=case, made_by=request.user).first()
    if standing is None:
        raise Http404
    told(request, lambda: reviewing.take_back(standing, actor=request.user))
    return redirect(f"{reverse('practices-desk:review', args=[case.code_id])}#remarks")


@require_http_methods(["GET", "HEAD", "POST"])
@for_case("practices.read_case")
def release(request: HttpRequest, case: Case) -> HttpResponse:
    """Say that one cannot review this."""
    mine = own_review(request, case)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["text"][:300]
        told(
            request,
            lambda: reviewing.release(mine, actor=request.user, reason=reason),
            _("Thank you for telling us. Somebody else will be asked."),
        )
        return redirect("practices-desk:list")
    context = {
        "form": form,
        "intro": _("If you lack the time or are too near to it, somebody else is asked."),
        "button": _("I cannot review this"),
    }
    return desk_page(request, "practices/desk/form.html", _("I cannot review this"), context, case=case)
