"""Giving codes, and finding what a code leads to."""

from __future__ import annotations

import re

from django.db import transaction

from clavet.publishing.models.codes import CODE_PATTERN, Code, CodeCounter


def is_code(text: str) -> bool:
    """Whether ``text`` has the form of a code: two capitals, a hyphen, at least four digits."""
    return re.fullmatch(CODE_PATTERN, text, re.ASCII) is not None


def lock(prefix: str) -> CodeCounter:
    """The counter of ``prefix``, locked until the transaction ends: whoever else wants a code waits."""
    CodeCounter.objects.get_or_create(prefix=prefix)
    return CodeCounter.objects.select_for_update().get(prefix=prefix)


@transaction.atomic
def allot(prefix: str) -> Code:
    """The next code under ``prefix``. Two processes that ask at once wait for each other and get two codes."""
    counter = lock(prefix)
    counter.last += 1
    counter.save()
    return Code.objects.create(value=f"{prefix}-{counter.last:04d}")


@transaction.atomic
def allot_many(prefix: str, number: int) -> list[str]:
    """The next ``number`` codes under ``prefix``, for records that come in bulk."""
    counter = lock(prefix)
    first = counter.last + 1
    counter.last += number
    counter.save()
    given = [f"{prefix}-{value:04d}" for value in range(first, first + number)]
    Code.objects.bulk_create(Code(value=value) for value in given)
    return given


@transaction.atomic
def reserve(value: str) -> Code:
    """The code ``value``, which must be free, taken from an import; later codes count on from the highest.

    ``ValueError`` for something that is no code or stands already: codes are never reused.
    """
    if not is_code(value):
        raise ValueError(f"{value!r} is not a code")
    prefix, number = value[:2], int(value[3:])
    counter = lock(prefix)
    if Code.objects.filter(value=value).exists():
        raise ValueError(f"{value} has been given already")
    if number > counter.last:
        counter.last = number
        counter.save()
    return Code.objects.create(value=value)


@transaction.atomic
def reserve_many(prefix: str, values: list[str]) -> None:
    """The same for codes that come in bulk, all under ``prefix``. ``ValueError`` where one is no code or not free."""
    if not all(is_code(value) and value.startswith(prefix) for value in values):
        raise ValueError(f"not all of these are codes that begin with {prefix}")
    counter = lock(prefix)
    if Code.objects.filter(value__in=values).exists():
        raise ValueError("some of these have been given already")
    counter.last = max([counter.last, *(int(value[3:]) for value in values)])
    counter.save()
    Code.objects.bulk_create(Code(value=value) for value in values)
