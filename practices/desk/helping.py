"""What stands beside the fields: how far each step is, what others wrote, which topics and tales are near."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from clavet.cache.kept import kept
from clavet.library.cards import cards_in_order
from clavet.publishing.effects import plain
from clavet.publishing.forms import TEXT
from clavet.search import facet_store
from clavet.search.concepts import topics_of
from clavet.search.positions import code_of
from clavet.vocabulary.tree import read_tree
from practices import cases
from practices.forms import StepForm
from practices.models import Case, Practice
from practices.shape import STEPS, Step

ROW_HELP = {
    "indicators": gettext_lazy("A figure before and after, its unit, its year, and where it is from."),
    "sources": gettext_lazy("Where one can read on. A link never takes the place of an answer."),
    "partners": gettext_lazy("Authorities of the directory by their code, others by their name."),
    "attachments": gettext_lazy("At most 10 files of 20 MB. Pictures lose what the camera wrote into them."),
}
# How much of an example is shown, in characters; how many topics and practices are proposed.
EXCERPT = 320
EXAMPLES = 2
SUGGESTED = 6
SIMILAR = 3


# ---------------------------------------------------------------- how far it is


def missing_by_step(case: Case) -> dict[int, list[SimpleNamespace]]:
    """What keeps the text from being handed in, by step, each with where to mend it."""
    found: dict[int, list[SimpleNamespace]] = {step.number: [] for step in STEPS}
    for problem in cases.problems(case):
        step = step_of(problem.key)
        found[step.number].append(
            SimpleNamespace(
                label=Practice.shape.label_of(problem.key),
                message=problem.message,
                url=f"{reverse('practices-desk:step', args=[case.code_id, step.number])}#id_{anchor(problem.key)}",
            )
        )
    return found


def step_of(key: str) -> Step:
    """The step that asks for a key of the document; the first one for what none asks for."""
    name = key.partition(".")[0]
    child = Practice.shape.child_of(name)
    asked = child.name if child else name
    return next((step for step in STEPS if asked in (*step.fields, *step.children)), STEPS[0])


def anchor(key: str) -> str:
    """The field of the form that asks for a key."""
    name = key.partition(".")[0]
    return TEXT + name if any(spec.name == name for spec in Practice.shape.texts) else name


def progress(case: Case, missing: dict[int, list[SimpleNamespace]], current: int = 0) -> list[SimpleNamespace]:
    """The steps, each with how much is missing in it."""
    return [
        SimpleNamespace(
            number=step.number,
            label=step.label,
            url=reverse("practices-desk:step", args=[case.code_id, step.number]),
            missing=len(missing[step.number]),
            current=step.number == current,
        )
        for step in STEPS
    ]


# ---------------------------------------------------------------- beside each field


def fields(case: Case, form: StepForm, step: Step) -> list[SimpleNamespace]:
    """The fields of a step in their order, each with its remarks and examples."""
    remarks: dict[str, list[Any]] = {}
    for remark in case.remarks.exclude(shared_at=None):
        remarks.setdefault(remark.key, []).append(remark)
    examples = published_examples(get_language())
    return [
        SimpleNamespace(
            field=form[anchor(name)],
            remarks=remarks.get(name, []),
            examples=examples.get(name, []),
        )
        for name in form.names
    ]


@kept
def published_examples(language: str) -> dict[str, list[SimpleNamespace]]:
    """How newer practices answer each text, in ``language`` where some are in it; else in English."""
    found: dict[str, list[SimpleNamespace]] = {}
    names = [spec.name for spec in Practice.shape.texts if not spec.summary]
    for code in dict.fromkeys((language, "en")):
        rows = Practice.objects.visible_to().order_by("-published_at", "code_id")
        for row in rows.values("code_id", *(f"{name}_{code}" for name in (*names, "title", "slug")))[:40]:
            for name in names:
                text = plain(row[f"{name}_{code}"] or "")
                if text and len(found.setdefault(name, [])) < EXAMPLES:
                    url = f"/{language}/practices/{row['code_id']}/{row[f'slug_{code}'] or '-'}/"
                    found[name].append(
                        SimpleNamespace(text=shortened(text), title=row[f"title_{code}"], url=url, lang=code)
                    )
        if all(found.get(name) for name in names):
            break
    return found


def shortened(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


# ---------------------------------------------------------------- what it is about


def topics_in_text(case: Case) -> list[str]:
    """The topics that the text names by any of their labels, the most often named first."""
    texts = case.revision.document.get("texts", {})
    language = case.revision.language
    names = ("title", "summary", "challenge", "what_was_done")
    text = "\n".join(texts.get(name, "") for name in names)
    return [concept for concept, _number in topics_of(text, language).most_common(SUGGESTED)]


def topic_choices(case: Case) -> list[tuple[Any, Any]]:
    """All topics below their tops; those that the text names stand first, under a heading of their own."""
    tree = read_tree(get_language())
    chosen = case.revision.document.get("neutral", {}).get("topics") or []
    first = list(dict.fromkeys([*chosen, *topics_in_text(case)]))
    first = [key for key in first if key in tree.labels]
    groups: list[tuple[Any, Any]] = []
    if first:
        groups.append((_("Chosen, and named in your text"), [(key, tree.labels[key]) for key in first]))
    placed = set(first)
    for top in tree.tops():
        below = [key for key in [top, *tree.by_label(key for key in tree.labels if top in tree.ancestors(key))]]
        below = [key for key in below if key not in placed]
        placed.update(below)
        if below:
            groups.append((tree.labels[top], [(key, tree.labels[key]) for key in below]))
    return groups


def similar(case: Case) -> list[SimpleNamespace]:
    """Published records on the same topics, those that share most of them first, each with what it shares."""
    chosen = case.revision.document.get("neutral", {}).get("topics") or topics_in_text(case)[:3]
    by_topic = facet_store.positions().get("topic", {})
    shared: Counter[int] = Counter()
    for topic in chosen:
        shared.update(by_topic.get(topic, ()))
    codes = [code_of(position) for position, _number in sorted(shared.items(), key=lambda item: (-item[1], item[0]))]
    codes = [code for code in codes if code != case.code_id][:SIMILAR]
    labels = read_tree(get_language()).labels
    return [
        SimpleNamespace(
            card=card,
            shares=", ".join(labels[topic] for topic in chosen if topic in labels and labels[topic] in card.topics),
        )
        for card in cards_in_order(codes, get_language())
    ]
