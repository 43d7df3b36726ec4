"""What has to be done or asked inside a portal: ``python -m bench.inside STEP``, its arguments as JSON on the input,
its findings as JSON on the output."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from typing import Any

import django

LANGUAGES = ("en", "el")
# So many addresses of a kind are enough to tell the median from the worst.
MANY = 200


def prepare() -> None:
    """Migrate, load vocabulary and pages, bring static files to their place: what a first start does."""
    from clavet.operations.preparing import prepare as first_start

    first_start(with_sample=False)


def fill(**numbers: int) -> dict[str, float]:
    """Load so many synthetic records; the seconds that it took, and the size and the seconds of the index."""
    from django.conf import settings

    from fiches.scale.loading import Wanted, load

    loaded = load(settings.PROJECT / "data", LANGUAGES, Wanted(**numbers), seed=1)
    return {"seconds": loaded.seconds, "index_seconds": loaded.index.seconds, "index_bytes": loaded.index.bytes}


def addresses() -> dict[str, list[str]]:
    """Addresses of fiches and of practices, spread over all of them, in two languages; the first codes come first."""
    from fiches.models import Fiche
    from practices.models import Practice

    return {"fiches": spread(Fiche), "practices": spread(Practice)}


def spread(model: Any) -> list[str]:
    """Addresses of records of a kind, every so many of all of them."""
    codes = list(model.objects.visible_to().order_by("code_id").values_list("code_id", flat=True))
    step = max(1, len(codes) // MANY)
    records = model.objects.filter(code_id__in=codes[::step]).order_by("code_id")
    return [record.url_in(language) for record in records for language in LANGUAGES]


def facets() -> dict[str, list[str]]:
    """For each facet of the list of practices some values that practices have, the most frequent first."""
    from clavet.search import facet_store
    from practices.library import LIBRARY
    from practices.models import Practice

    positions = facet_store.positions()
    ours = positions["room"][Practice.shape.prefix]
    found = {}
    for name in LIBRARY.facets:
        numbers = {value: ours.intersection_cardinality(those) for value, those in positions.get(name, {}).items()}
        found[name] = sorted((value for value in numbers if numbers[value]), key=lambda value: -numbers[value])[:8]
    return found


def queue() -> dict[str, Any]:
    """A session of a coordinator with a second factor, as a cookie, and cases of the queue by their keys and codes."""
    from django.conf import settings
    from django.test import Client

    from clavet.accounts.models import User
    from clavet.accounts.roles import COORDINATOR, give
    from clavet.accounts.second_factor import give_app
    from practices.models import Case

    user = User.objects.create_user("coordinator@bench.example", name="Coordinator", is_staff=True, is_sample=True)
    give(user, [COORDINATOR])
    give_app(user)
    client = Client()
    client.force_login(user)
    cases = Case.objects.waiting_for_editor().order_by("due_on", "id")[:MANY]
    return {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
        "cases": [(case.pk, case.code_id, case.authority) for case in cases],
    }


def words() -> dict[str, list[str]]:
    """Words of the English index: those in the most entries, those in the fewest, and labels of concepts."""
    from clavet.search import state
    from clavet.search.models import IndexWord
    from clavet.vocabulary.models import Concept

    standing = IndexWord.objects.filter(side=state.live(), language="en", length__gte=3).order_by("-entries", "word")
    known = list(standing.values_list("word", flat=True))
    return {
        "common": known[:40],
        "rare": known[-40:],
        "middle": known[len(known) // 10 :][:40],
        "topics": list(Concept.objects.order_by("pk").values_list("preferred_en", flat=True)[:40]),
        "topic_ids": list(Concept.objects.order_by("pk").values_list("pk", flat=True)[:12]),
    }


# What the authors of the drafts have written so far: about as much as a practice tells.
WRITTEN = "What was done, why, and what came of it. " * 40
# The step of the form that they have open, and the field in which they write.
STEP, FIELD = 2, "what_was_done"


def drafts(number: int) -> list[dict[str, Any]]:
    """So many authors, each with a draft open: the address, the session and the fields of the page before each."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse
    from django.utils import timezone

    from clavet.accounts.models import User
    from clavet.publishing import codes
    from network.models import Authority, Member, Membership
    from practices import cases

    setup_test_environment()  # keeps what pages are made of
    place = Authority.objects.create(
        code=codes.allot("AU"), own_name="Bench", own_language="en", country="BE", status="member", is_sample=True
    )
    found = []
    for each in range(number):
        user = User.objects.create_user(f"author{each}@bench.example", name=f"Author {each}", is_sample=True)
        member = Member.objects.create(account=user)
        Membership.objects.create(member=member, authority=place, role="author", joined_on=timezone.localdate())
        case = cases.begin(place, "en", actor=user)
        texts = {spec.name: WRITTEN[: min(spec.limit, 1200)] for spec in case.practice.shape.texts}
        case = cases.save_fields(case, {"texts": texts}, actor=user, seen=case.revision.saved)
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        path = reverse("practices-desk:step", args=[case.code_id, STEP])
        page = client.get(path)
        found.append(
            {
                "code": case.code_id,
                "path": path,
                "field": f"text-{FIELD}",
                "fields": fields_of(page.context),
                "cookies": {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, "csrftoken")},
            }
        )
    return found


def fields_of(context: Any) -> list[tuple[str, str]]:
    """What the form of a step sends as it stands, as names with values."""
    forms = [context["form"]]
    for rows in context["formsets"]:
        forms += [rows.formset.management_form, *rows.formset.forms]
    found = [("csrfmiddlewaretoken", str(context["csrf_token"])), ("seen", str(context["seen"]))]
    for field in (field for form in forms for field in form):
        value = field.value()
        several = value if isinstance(value, list) else [value]
        found += [(field.html_name, "" if one is None else str(one)) for one in several]
    return found


def stored(codes: list[str]) -> dict[str, list[Any]]:
    """By the code of a draft: how often it was saved, and what stands in the field."""
    from practices.models import Case

    cases = Case.objects.filter(code_id__in=codes).select_related("revision")
    return {case.code_id: [case.revision.saved, case.revision.document["texts"].get(FIELD, "")] for case in cases}


def queries(paths: list[str], cookie: str = "") -> dict[str, int]:
    """How many queries a page takes, by its address, once the process has answered something like it; for whoever is
    logged in under the ``cookie``."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.cookies.load(cookie)
    found = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[path] = len(captured)
    return found


STEPS = {step.__name__: step for step in (prepare, fill, addresses, facets, words, queue, drafts, stored, queries)}


def main(step: str, arguments: dict[str, Any]) -> None:
    """Take one step; what it prints by the way goes where errors go."""
    django.setup()
    with redirect_stdout(sys.stderr):
        result = STEPS[step](**arguments)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))
