"""Who may do what with a practice on its way to publication. Views, admin and domain functions ask these names.

Roles are those of records.md, "Roles". Nothing here looks at ``is_superuser``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import rules

from clavet.accounts.roles import is_coordinator, is_reviewer
from clavet.publishing.models import Revision
from clavet.publishing.rules import POLICIES, USUAL
from network.models import Authority, Membership
from network.rules import places_of, remember_places
from practices.models import Adoption, Case, Review
from practices.shape import PRACTICE_SHAPE


def codes_of(user: Any, *, role: str = "") -> set[str]:
    """The codes of the authorities in which an account has a place (with this role); asked once an account object."""
    places = places_of(user)
    if not places:
        return set()
    found = getattr(user, "_codes", None)
    if found is None:
        found = dict(Authority.objects.filter(pk__in=places).values_list("pk", "code_id"))
        user._codes = found
    return {code for key, code in found.items() if not role or places[key] == role}


def remember_codes(people: Collection[Any]) -> None:
    """Ask the places of several accounts at once; ``codes_of`` then asks nothing more of any of them."""
    remember_places(people)
    given = dict(
        Authority.objects.filter(pk__in={key for person in people for key in places_of(person)}).values_list(
            "pk", "code_id"
        )
    )
    for person in people:
        person._codes = {key: given[key] for key in places_of(person)}


def concerned(case: Case) -> set[str]:
    """The authorities whose own affair a case is: its owner and the partners named in its text."""
    rows = case.revision.document.get("children", {}).get("partners") or []
    return {case.authority, *(row.get("authority") for row in rows)} - {"", None}


@rules.predicate
def is_author(user: Any, case: Case) -> bool:
    """Writes for the authority whose practice it is."""
    return case.authority in codes_of(user, role=Membership.Role.AUTHOR)


@rules.predicate
def may_begin(user: Any, authority: str) -> bool:
    """Writes for the authority with this code."""
    return authority in codes_of(user, role=Membership.Role.AUTHOR)


@rules.predicate
def writes_for(user: Any, practice: Any) -> bool:
    """Writes for the authority that owns a published practice."""
    return practice.authority in codes_of(user, role=Membership.Role.AUTHOR)


@rules.predicate
def is_concerned(user: Any, case: Case) -> bool:
    """Belongs to the authority whose practice it is or to a partner in it, or wrote a part of it."""
    revision = case.revision
    wrote = user.pk is not None and (user.pk == revision.author_id or user.pk in revision.contributors)
    return wrote or bool(codes_of(user) & concerned(case))


@rules.predicate
def reviews_case(user: Any, case: Case) -> bool:
    """Was asked to review this case, and was not released."""
    return user.pk is not None and case.reviews.filter(reviewer_id=user.pk, released_at=None).exists()


@rules.predicate
def owns_review(user: Any, review: Review) -> bool:
    """Was asked for this review."""
    return user.pk is not None and review.reviewer_id == user.pk


# A coordinator never decides on her own authority's practice: a second one does (records.md, "Roles").
is_editor = is_coordinator & ~is_concerned
is_able_reviewer = is_reviewer & ~is_concerned

rules.add_rule("practices.begin", may_begin)
rules.add_rule("practices.read_case", is_author | is_coordinator | (is_able_reviewer & reviews_case))
rules.add_rule("practices.write", is_author)
rules.add_rule("practices.submit", is_author)
rules.add_rule("practices.withdraw", is_author)
rules.add_rule("practices.reply", is_author)
rules.add_rule("practices.answer_remark", is_author)
rules.add_rule("practices.check", is_editor)
rules.add_rule("practices.assign", is_editor)
rules.add_rule("practices.request_changes", is_editor)
rules.add_rule("practices.accept", is_editor)
rules.add_rule("practices.decline", is_editor)
rules.add_rule("practices.wave_through", is_editor)
rules.add_rule("practices.be_reviewer", is_able_reviewer)
rules.add_rule("practices.review", owns_review)


@rules.predicate
def is_translation(_user: Any, revision: Revision) -> bool:
    """The text of another language than the practice was written in."""
    return not revision.is_source


@rules.predicate
def may_read_revision(user: Any, revision: Revision) -> bool:
    """May read the case that the source text is in."""
    case = Case.objects.filter(revision_id=revision.pk).select_related("revision").first()
    return case is not None and rules.test_rule("practices.read_case", user, case)


# A source text of a practice goes the way of its case, and no other: neither admin nor command passes it by.
POLICIES[PRACTICE_SHAPE.prefix] = {
    **USUAL,
    "create_record": rules.always_false,
    "confirm_record": USUAL["confirm_record"] | writes_for,
    "read_revision": may_read_revision | (is_translation & USUAL["read_revision"]),
    **{
        name: is_translation & USUAL[name]
        for name in (
            "open_revision", "save_revision", "submit_revision", "return_revision", "withdraw_revision",
            "accept_revision", "reject_revision",
        )
    },
}  # fmt: skip


# ---------------------------------------------------------------- adoptions


@rules.predicate
def may_adopt(user: Any, authority: Authority) -> bool:
    """Has a place in the authority: members, too, write for their own (records.md, "Roles")."""
    return authority.code_id in codes_of(user)


@rules.predicate
def is_adopter(user: Any, adoption: Adoption) -> bool:
    """Writes for the authority that has adapted the practice, or declared it and still has a place there."""
    code = adoption.authority.code_id
    declared = user.pk is not None and adoption.declared_by_id == user.pk
    return code in codes_of(user, role=Membership.Role.AUTHOR) or (declared and code in codes_of(user))


@rules.predicate
def belongs_to_adopters(user: Any, adoption: Adoption) -> bool:
    """Has a place in the authority that has adapted the practice."""
    return adoption.authority.code_id in codes_of(user)


@rules.predicate
def has_part_in_adoption(user: Any, adoption: Adoption) -> bool:
    """Belongs to the authority that adapted the practice or to the one that owns it, or declared the adoption."""
    declared = user.pk is not None and adoption.declared_by_id == user.pk
    return declared or bool(codes_of(user) & {adoption.authority.code_id, adoption.practice.authority})


judges_adoption = is_coordinator & ~has_part_in_adoption

rules.add_rule("practices.declare_adoption", may_adopt)
rules.add_rule("practices.read_adoption", belongs_to_adopters | is_coordinator)
rules.add_rule("practices.change_adoption", is_adopter)
rules.add_rule("practices.report_adoption", is_adopter)
rules.add_rule("practices.confirm_adoption", judges_adoption)
rules.add_rule("practices.refuse_adoption", judges_adoption)
# What proves wrong later is taken off the page by its authority, or by a coordinator who has no part in it.
rules.add_rule("practices.withdraw_adoption", is_adopter | judges_adoption)
