"""The six steps: shown, saved while typing and on every step, with all that helps beside the fields."""

from __future__ import annotations

from functools import wraps
from types import SimpleNamespace
from typing import Any

import rules
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clavet.desk.access import to_log_in
from clavet.publishing.errors import Conflict, WrongState
from practices import cases, holding
from practices.desk import helping, overview
from practices.desk.finding import case_of, for_case
from practices.desk.frame import desk_page
from practices.forms import StepForm, row_changes, row_formsets
from practices.models import Case
from practices.shape import STEPS, Step

AUTOSAVE = "X-Autosave"
TYPED = "typed in the steps"
# So much of what was typed is kept over a log-in, in characters; all steps together hold less.
MOST_TYPED = 100_000


def step_view(view: Any) -> Any:
    """A view of one step, for the authors of the case. What somebody typed whose log-in has run out comes back after
    she has logged in again."""

    @never_cache
    @wraps(view)
    def run(request: HttpRequest, code: str, number: int) -> HttpResponse:
        step = next((step for step in STEPS if step.number == number), None)
        if step is None:
            raise Http404
        if not request.user.is_authenticated:
            if AUTOSAVE in request.headers:
                return JsonResponse({"message": _("You have been logged out.")}, status=401)
            if request.method == "POST":
                keep_typed(request)
            return to_log_in(request)
        case = case_of(code)
        if not rules.test_rule("practices.write", request.user, case):
            raise Http404
        return view(request, case, step)

    return run


def keep_typed(request: HttpRequest) -> None:
    """Keep a form that came without a log-in in the session, which log-in carries on."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    encoded = typed.urlencode()
    if len(encoded) <= MOST_TYPED:
        request.session[TYPED] = {"path": request.path, "form": encoded}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was kept for this address, once."""
    kept = request.session.get(TYPED)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(kept["form"])


@require_http_methods(["GET", "HEAD", "POST"])
@step_view
def step(request: HttpRequest, case: Case, step: Step) -> HttpResponse:
    """One step of the form."""
    if not case.is_writable:
        return redirect("practices-desk:case", case.code_id)
    if request.method == "POST":
        return answer(request, case, step)
    typed = typed_before(request)
    notices = []
    if typed is not None:
        notices.append(("portal", _("You were logged out. What you typed is back; it is not saved yet.")))
    other = holding.take(case, request.user)
    return show(request, case, step, typed, notices=notices, other=other)


def answer(request: HttpRequest, case: Case, step: Step) -> HttpResponse:
    """Save what came in, and lead on; or say why not."""
    form, formsets = forms_of(case, step, request.POST, request.FILES)
    valid = form.is_valid() & all([formset.is_valid() for formset in formsets.values()])
    changes = form.changes()
    if all(formset.is_valid() for formset in formsets.values()):
        rows = row_changes(formsets)
        changes = {**changes, "texts": {**changes["texts"], **rows["texts"]}, "children": rows["children"]}
    seen = request.POST.get("seen", "")
    try:
        # One transaction for both: a save waits for the disk once, and SQLite's one writer is asked for once.
        with transaction.atomic():
            case = cases.save_fields(case, changes, actor=request.user, seen=int(seen) if seen.isdecimal() else -1)
            holding.take(case, request.user, over=True)
    except Conflict:
        return refuse(request, case, step, told_of_conflict(case), form, formsets)
    except WrongState:
        return refuse(
            request, case, step, _("This text is not with you any more. See where it stands."), form, formsets
        )
    if AUTOSAVE in request.headers:
        return JsonResponse(
            {"seen": case.revision.saved, "message": saved_at(case), "errors": errors_of(form, formsets)}
        )
    if not valid:
        notices = [("act", _("Saved, but something needs your attention."))]
        return show(request, case, step, None, forms=(form, formsets), notices=notices, status=400)
    return redirect(onward(case, step, request.POST))


def refuse(
    request: HttpRequest, case: Case, step: Step, message: str, form: StepForm, formsets: dict[str, Any]
) -> HttpResponse:
    """Nothing was saved; the person is told, and keeps what she typed."""
    case = Case.objects.select_related("revision").get(pk=case.pk)
    if AUTOSAVE in request.headers:
        return JsonResponse({"message": message, "seen": case.revision.saved}, status=409)
    return show(request, case, step, None, forms=(form, formsets), notices=[("act", message)], status=409)


def told_of_conflict(case: Case) -> str:
    """That somebody else saved meanwhile, and what to do."""
    case = Case.objects.select_related("revision").get(pk=case.pk)
    return _(
        "This text was saved at %(time)s in another window or by a colleague. What you typed is still here and is not "
        "saved. Save again to put yours in its place, or open the step anew to see what stands."
    ) % {"time": clock(case.revision.saved_at)}


def clock(moment: Any) -> str:
    """A moment as the time of day in the portal's time zone."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def saved_at(case: Case) -> str:
    """When the text was saved last."""
    return _("Saved at %(time)s") % {"time": clock(case.revision.saved_at)}


def onward(case: Case, step: Step, data: QueryDict) -> str:
    """Where to go after a step was saved: on, back, to another step, or here again."""
    if "next" in data:
        later = [other.number for other in STEPS if other.number > step.number]
        if later:
            return reverse("practices-desk:step", args=[case.code_id, later[0]])
        return reverse("practices-desk:read", args=[case.code_id])
    if "previous" in data and step.number > 1:
        return reverse("practices-desk:step", args=[case.code_id, step.number - 1])
    return reverse("practices-desk:step", args=[case.code_id, step.number])


def forms_of(case: Case, step: Step, *data: Any) -> tuple[StepForm, dict[str, Any]]:
    """The form of a step with its rows, from ``data`` or from what stands."""
    given = data if data and data[0] is not None else (None, None)
    form = StepForm(step, case, helping.topic_choices(case), given[0])
    return form, row_formsets(step, case.revision.document, *given)


def errors_of(form: StepForm, formsets: dict[str, Any]) -> dict[str, list[str]]:
    """What is wrong, by the id of the field."""
    found = {form[name].id_for_label or form[name].auto_id: list(errors) for name, errors in form.errors.items()}
    for formset in formsets.values():
        for row in formset.forms:
            found |= {row[name].auto_id: list(errors) for name, errors in row.errors.items() if name in row.fields}
    return found


def show(
    request: HttpRequest,
    case: Case,
    step: Step,
    typed: QueryDict | None,
    *,
    forms: tuple[StepForm, dict[str, Any]] | None = None,
    notices: list[tuple[str, str]],
    other: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a step."""
    form, formsets = forms or forms_of(case, step, typed, None)
    if other is not None:
        text = _("%(name)s is writing in this text, since %(time)s. You can read it; take it over if you have agreed.")
        notices = [*notices, ("act", text % {"name": other.person, "time": clock(other.since)})]
    missing = helping.missing_by_step(case)
    context = {
        "case": case,
        "title": overview.title_of(case),
        "step": step,
        "steps": helping.progress(case, missing, step.number),
        "fields": helping.fields(case, form, step),
        "form": form,
        "formsets": [
            SimpleNamespace(label=formset.child.label, help=helping.ROW_HELP.get(name, ""), formset=formset)
            for name, formset in formsets.items()
        ],
        "seen": case.revision.saved,
        "saved": saved_at(case),
        "notices": notices,
        "is_held": other is not None,
        "similar": helping.similar(case) if step.number <= 2 else [],
        "autosaves": "attachments" not in formsets,
        "is_last": step.number == STEPS[-1].number,
    }
    return desk_page(request, "practices/desk/step.html", str(step.label), context, case=case, status=status)


@require_POST
@for_case("practices.write")
def here(request: HttpRequest, case: Case) -> HttpResponse:
    """A sign from an open page: who is in the text, and how often it has been saved."""
    other = holding.take(case, request.user)
    message = _("%(name)s is writing in this text now.") % {"name": other.person} if other else ""
    return JsonResponse({"seen": case.revision.saved, "message": message}, status=409 if other else 200)


@require_POST
@for_case("practices.write")
def take_over(request: HttpRequest, case: Case) -> HttpResponse:
    """Write in a text that a colleague has open."""
    holding.take(case, request.user, over=True)
    number = request.POST.get("step", "1")
    numbers = {str(step.number) for step in STEPS}
    return redirect("practices-desk:step", case.code_id, int(number) if number in numbers else 1)
