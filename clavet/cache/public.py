"""Models whose every change is public at once: pages, topics, authorities. Records go through revisions instead.

The one place where we listen for signals: such a model is changed from forms, inlines, loaders and Django's own
deletions, and whichever is added next has to raise the generation as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from clavet.cache import generation

MODELS: list[type[Model]] = []


def register(*models: type[Model]) -> None:
    """From now on every row of these that is saved or deleted, and every relation between them, is a public change."""
    for model in models:
        if model in MODELS:
            continue
        MODELS.append(model)
        post_save.connect(_changed, sender=model, dispatch_uid=f"public {model._meta.label}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"public {model._meta.label}")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(_changed, sender=through, dispatch_uid=f"public {through._meta.label}")


def _changed(**_of: Any) -> None:
    generation.bump()


def follow(model: type[Model], then: Callable[[Any], None]) -> None:
    """From now on ``then`` is called with every row of ``model`` that was saved or deleted: what is derived from it
    has to know, too."""
    for signal in (post_save, post_delete):
        signal.connect(partial(_follow, then), sender=model, weak=False, dispatch_uid=f"follow {model._meta.label}")


def _follow(then: Callable[[Any], None], instance: Model, **_of: Any) -> None:
    then(instance)
