"""How the words of a language change at their end, learnt from its dictionary, for words that the dictionary lacks.

Of all forms that end in ``-ifications`` most make their lemma by the same change; a new word that ends so does too. A
change is written as bytes: how many letters go, then what comes in their place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

LONGEST = 8
# Fewer forms than these show no rule; so many pairs of a dictionary are enough to learn from.
LEAST_FORMS = 4
ENOUGH = 60_000
# What an ending leaves of a word.
SHORTEST_REST = 3


def change(form: str, lemma: str) -> bytes:
    """What makes ``lemma`` of ``form``."""
    if form.startswith(lemma):
        return bytes([len(form) - len(lemma)])
    shared = 0
    for of_form, of_lemma in zip(form, lemma, strict=False):
        if of_form != of_lemma:
            break
        shared += 1
    return bytes([len(form) - shared]) + lemma[shared:].encode()


def changed(form: str, made: bytes) -> str:
    """``form`` with a change made."""
    return form[: len(form) - made[0]] + made[1:].decode()


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The commonest change for each ending in pairs of form and lemma, where it differs from a shorter ending's."""
    counted: dict[str, Counter[bytes]] = defaultdict(Counter)
    for form, lemma in pairs:
        made = change(form, lemma)
        for length in range(1, min(LONGEST, len(form) - 2) + 1):
            counted[form[-length:]][made] += 1
    rules: dict[str, bytes] = {}
    for ending in sorted(counted, key=len):
        made, forms = min(counted[ending].items(), key=lambda item: (-item[1], item[0]))
        shorter = next((rules[ending[at:]] for at in range(1, len(ending)) if ending[at:] in rules), None)
        if forms >= LEAST_FORMS and made != shorter:
            rules[ending] = made
    return rules


def guessed(form: str, rule_of: Callable[[str], bytes | None]) -> str:
    """The lemma that the longest ending with a rule makes of ``form``; ``form`` itself where none applies."""
    for length in range(min(LONGEST, len(form) - 2), 0, -1):
        made = rule_of(form[-length:])
        if made is not None and made[0] <= len(form) - SHORTEST_REST:
            return changed(form, made)
    return form
