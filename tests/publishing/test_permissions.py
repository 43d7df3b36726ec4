"""Publishing from the side of those who must not get in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from clavet.accounts.models import User
from clavet.publishing import lifecycle, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import NotAllowed
from clavet.publishing.models import LogEntry, Revision
from fiches.models import Fiche
from tests import factories

OUTSIDERS = {
    "a visitor": lambda: AnonymousUser(),
    "somebody with an account and no role": lambda: factories.person(),
    "staff without a role": lambda: factories.person(is_staff=True),
    "a superuser without a role": lambda: factories.superuser(),
    "an administrator": lambda: factories.administrator(),
    "a coordinator whose account is closed": lambda: factories.coordinator(is_active=False),
}


@pytest.fixture(params=OUTSIDERS.values(), ids=OUTSIDERS)
def outsider(request: pytest.FixtureRequest, db: None) -> Any:
    """Each of those who publish nothing."""
    return request.param()


def changes(record: Fiche, outsider: Any, writer: User) -> list[Any]:
    """Every function that changes something, called by the outsider."""
    draft = factories.draft(record, "tr", {"texts": {}}, by=writer)
    waiting = factories.submitted(record, "el", factories.translated(factories.document(), "el"), by=writer)
    version = record.code.versions.get(number=1)
    other = factories.fiche("Another")
    return [
        lambda: workflow.create_record(Fiche, actor=outsider, source_language="en"),
        lambda: workflow.open_revision(record, "it", actor=outsider),
        lambda: workflow.save_revision(draft, {"texts": {}}, actor=outsider, seen=draft.saved),
        lambda: workflow.submit_revision(draft, actor=outsider),
        lambda: workflow.withdraw_revision(draft, actor=outsider),
        lambda: workflow.return_revision(waiting, actor=outsider),
        lambda: workflow.accept_revision(waiting, actor=outsider),
        lambda: workflow.reject_revision(waiting, actor=outsider, reason="no"),
        lambda: lifecycle.archive_record(record, actor=outsider),
        lambda: lifecycle.restore_record(record, actor=outsider),
        lambda: lifecycle.withdraw_record(record, actor=outsider, reason="no"),
        lambda: lifecycle.merge_record(record, other, actor=outsider),
        lambda: lifecycle.withhold_version(version, actor=outsider, why="privacy"),
        lambda: lifecycle.release_version(version, actor=outsider),
        lambda: lifecycle.confirm_record(record, actor=outsider),
    ]


def test_nobody_but_a_coordinator_changes_anything(outsider: Any, fiche: Fiche, writer: User) -> None:
    fiche = factories.renew(fiche)
    attempts = changes(fiche, outsider, writer)
    before = (
        list(Fiche.objects.order_by("pk").values()),
        list(Revision.objects.order_by("pk").values()),
        LogEntry.objects.count(),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    after = (
        list(Fiche.objects.order_by("pk").values()),
        list(Revision.objects.order_by("pk").values()),
        LogEntry.objects.count(),
    )
    assert after == before


def test_a_refusal_counts_as_permission_denied_for_every_view() -> None:
    assert issubclass(NotAllowed, PermissionDenied)


def test_the_author_does_not_accept_her_own_text(fiche: Fiche, writer: User) -> None:
    revision = factories.submitted(fiche, "tr", factories.translated(factories.document(), "tr"), by=writer)
    with pytest.raises(NotAllowed):
        workflow.accept_revision(revision, actor=writer)
    assert Fiche.objects.get().title_tr in (None, "")


def test_who_wrote_a_part_of_a_text_neither_accepts_nor_rejects_it(fiche: Fiche, writer: User, reader: User) -> None:
    helper = factories.coordinator()
    revision = factories.draft(fiche, "tr", {"texts": {}}, by=writer)
    text = factories.translated(factories.document(), "tr")
    revision = workflow.save_revision(revision, text, actor=helper, seen=revision.saved)
    revision = workflow.submit_revision(revision, actor=writer)
    for person in (writer, helper):
        with pytest.raises(NotAllowed):
            workflow.accept_revision(revision, actor=person)
        with pytest.raises(NotAllowed):
            workflow.reject_revision(revision, actor=person, reason="no")
    assert workflow.accept_revision(revision, actor=reader).title_tr == "A workshop bus [tr]"


def test_who_opened_a_text_and_wrote_nothing_does_not_accept_it_either(
    fiche: Fiche, writer: User, reader: User
) -> None:
    revision = workflow.open_revision(fiche, "tr", actor=reader)
    text = factories.translated(factories.document(), "tr")
    revision = workflow.save_revision(revision, text, actor=writer, seen=revision.saved)
    revision = workflow.submit_revision(revision, actor=writer)
    with pytest.raises(NotAllowed):
        workflow.accept_revision(revision, actor=reader)


def test_an_author_who_kept_an_old_copy_of_her_revision_does_not_accept_it(fiche: Fiche, writer: User) -> None:
    helper = factories.coordinator()
    revision = factories.draft(fiche, "tr", factories.translated(factories.document(), "tr"), by=writer)
    stale = Revision.objects.get(pk=revision.pk)
    text = factories.translated(factories.document("Other"), "tr")
    revision = workflow.save_revision(revision, text, actor=helper, seen=revision.saved)
    workflow.submit_revision(revision, actor=writer)
    with pytest.raises(NotAllowed):
        workflow.accept_revision(stale, actor=helper)


def test_a_coordinator_who_lost_the_role_is_refused_at_once(fiche: Fiche, writer: User) -> None:
    revision = factories.draft(fiche, "tr", {"texts": {}}, by=writer)
    writer.groups.clear()
    writer = User.objects.get(pk=writer.pk)
    with pytest.raises(NotAllowed):
        workflow.save_revision(revision, {"texts": {}}, actor=writer, seen=revision.saved)


def test_the_operators_command_acts_without_an_account_and_the_log_says_so(db: None) -> None:
    record = workflow.create_record(Fiche, actor=OPERATOR, source_language="en")
    entry = LogEntry.objects.get(code_id=record.code_id)
    assert (entry.by_operator, entry.actor) == (True, None)


# ---------------------------------------------------------------- the doors of the admin


def as_request(user: Any) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def is_for_administrators(model_admin: Any) -> bool:
    return model_admin.opts.app_label == "accounts"


def is_for_both(model_admin: Any) -> bool:
    """What was sent is seen by coordinators and administrators, and changed by neither."""
    return model_admin.opts.app_label == "mail"


def test_no_door_of_the_admin_opens_for_a_superuser_without_a_role(db: None) -> None:
    request = as_request(factories.superuser())
    for model_admin in admin.site._registry.values():
        assert not model_admin.has_module_permission(request), model_admin
        assert not model_admin.has_view_permission(request), model_admin
        assert not model_admin.has_change_permission(request), model_admin
        assert not model_admin.has_add_permission(request), model_admin
        assert not model_admin.has_delete_permission(request), model_admin


def test_coordinators_do_not_keep_accounts_and_administrators_do_not_publish(db: None) -> None:
    publishing, keeping = as_request(factories.coordinator()), as_request(factories.administrator())
    for model_admin in admin.site._registry.values():
        if is_for_both(model_admin):
            assert model_admin.has_view_permission(publishing)
            assert model_admin.has_view_permission(keeping)
            assert not model_admin.has_change_permission(publishing)
            assert not model_admin.has_change_permission(keeping)
            continue
        theirs = is_for_administrators(model_admin)
        assert model_admin.has_view_permission(publishing) is not theirs, model_admin
        assert model_admin.has_change_permission(publishing) is not theirs, model_admin
        assert model_admin.has_view_permission(keeping) is theirs, model_admin
        assert model_admin.has_change_permission(keeping) is theirs, model_admin


def test_nobody_deletes_anything_in_the_admin(db: None) -> None:
    for user in (factories.coordinator(), factories.administrator(), factories.superuser()):
        for model_admin in admin.site._registry.values():
            assert not model_admin.has_delete_permission(as_request(user)), model_admin


@pytest.mark.parametrize("make", [factories.superuser, factories.administrator], ids=["superuser", "administrator"])
def test_the_lists_of_the_admin_refuse_staff_who_do_not_publish(make: Any, db: None) -> None:
    client = Client()
    client.force_login(make())
    for model, model_admin in admin.site._registry.items():
        if is_for_administrators(model_admin) or is_for_both(model_admin):
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert client.get(address).status_code == 403, address


def test_visitors_are_asked_to_log_in_before_they_see_anything_of_the_admin(client: Client, fiche: Fiche) -> None:
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("admin:login")), address
