"""The sample content: loaded as often as one likes, and gone without a trace when asked to go."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from clavet.accounts.models import User
from clavet.languages import CODES
from clavet.publishing.models import Code, LogEntry, Revision, Translation, Version
from clavet.vocabulary.models import Concept
from fiches import sample
from fiches.models import Fiche
from network.models import Authority
from network.sample import load_partners
from tests import factories

pytestmark = pytest.mark.django_db
PROJECT = settings.PROJECT
ACCOUNTS = settings.DATA / "sample-accounts.txt"
MODELS = (Fiche, Authority, Code, LogEntry, Revision, Translation, Version, User)


@pytest.fixture
def installation(db: None, tmp_path: Path, settings: Any) -> None:
    """A portal after its first start, with a part of the sample: it loads in a quarter of the time."""
    data = tmp_path / "data"
    for code in ("CF-0001", "CF-0003"):
        shutil.copytree(PROJECT / "data" / "fiches" / code, data / "fiches" / code)
    shutil.copytree(PROJECT / "data" / "practices" / "BP-0003", data / "practices" / "BP-0003")
    for about in data.rglob("fiche.json"):
        about.write_text(json.dumps({**json.loads(about.read_text(encoding="utf-8")), "related": []}), encoding="utf-8")
    for name in ("vocabulary.json", "partners.json", "authorities.json", "examples.json"):
        (data / name).symlink_to(PROJECT / "data" / name)
    settings.PROJECT = tmp_path
    first_start()


@pytest.fixture
def whole_installation(db: None) -> None:
    """A portal after its first start, as readers will have it."""
    first_start()


def first_start() -> None:
    call_command("load_vocabulary")
    ACCOUNTS.unlink(missing_ok=True)
    call_command("load_sample")


def census() -> list[int]:
    return [model.objects.count() for model in MODELS]


def passwords() -> list[str]:
    return [line.split()[1] for line in ACCOUNTS.read_text(encoding="utf-8").splitlines()]


def test_loading_the_sample_again_changes_nothing(installation: None) -> None:
    before = census(), list(Fiche.objects.order_by("pk").values()), ACCOUNTS.read_bytes()
    call_command("load_sample")
    assert (census(), list(Fiche.objects.order_by("pk").values()), ACCOUNTS.read_bytes()) == before


@pytest.mark.once
def test_the_sample_is_what_the_brief_asks_for(whole_installation: None) -> None:
    fiches = list(Fiche.objects.all())
    complete = [record for record in fiches if all(getattr(record, f"context_{code}") for code in CODES)]
    assert len(complete) >= 12
    assert {record.kind for record in fiches} == {
        "best_practice", "lesson_learned", "practical_example", "policy_tool", "training_unit",
    }  # fmt: skip
    assert {phase for record in fiches for phase in record.phases} == {"formulation", "implementation", "monitoring"}
    assert len({topic for record in fiches for topic in record.topic_order}) >= 8
    assert all(record.sources.count() >= 2 for record in complete)
    assert all(record.is_sample for record in fiches)
    assert Authority.objects.founding_partners().count() == 10
    assert any(record.version > 1 for record in fiches)


def test_a_change_that_a_coordinator_made_to_the_sample_stays(installation: None) -> None:
    record = Fiche.objects.get(code_id="CF-0001")
    body = {**Version.objects.get(code=record.code, number=record.version).document}
    factories.renew(record, "editorial", body={**body, "texts": {**body["texts"], "title": "Changed by hand"}})
    call_command("load_sample")
    assert Fiche.objects.get(code_id="CF-0001").title_en == "Changed by hand"


def test_removing_the_sample_leaves_what_people_wrote(installation: None, client: Client) -> None:
    own = factories.fiche("Our own", translations=("el",))
    concepts = Concept.objects.count()
    people = User.objects.filter(is_sample=False).count()
    call_command("remove_sample")
    assert list(Fiche.objects.values_list("code_id", flat=True)) == [own.code_id]
    assert not Authority.objects.exists()
    assert User.objects.count() == people
    assert Concept.objects.count() == concepts
    assert {
        value
        for model in (LogEntry, Revision, Translation, Version)
        for value in model.objects.values_list("code", flat=True)
    } == {own.code_id}
    assert not ACCOUNTS.exists()
    assert client.get("/en/fiches/CF-0001/").status_code == 404
    assert client.get(own.url_in("el")).status_code == 200


def test_no_code_of_a_removed_sample_is_given_to_something_else(installation: None) -> None:
    taken = set(Fiche.objects.values_list("code_id", flat=True))
    call_command("remove_sample")
    assert factories.fiche().code_id not in taken


@pytest.mark.once
def test_the_sample_comes_back_under_its_own_codes(installation: None) -> None:
    taken = set(Fiche.objects.values_list("code_id", flat=True))
    call_command("remove_sample")
    call_command("load_sample")
    assert set(Fiche.objects.values_list("code_id", flat=True)) == taken


@pytest.mark.once
def test_the_sample_is_removed_after_people_have_worked_with_it(installation: None) -> None:
    user = User.objects.get(email="coordinator@example.org")
    own = factories.fiche("Our own")
    factories.draft(Fiche.objects.get(code_id="CF-0001"), "en", factories.document("x", topics=["vet"]), by=user)
    factories.draft(own, "en", factories.document("y"), by=user)
    call_command("remove_sample")
    assert Revision.objects.filter(state="draft").get().code_id == own.code_id


@pytest.mark.once
def test_the_passwords_of_sample_accounts_are_of_chance_and_in_nobody_elses_hands(
    installation: None, client: Client
) -> None:
    first = passwords()
    people = json.loads((PROJECT / "data" / "examples.json").read_text(encoding="utf-8"))["people"]
    assert len(set(first)) == len(sample.ACCOUNTS) + len(people)
    assert min(map(len, first)) >= 16
    assert stat.S_IMODE(ACCOUNTS.stat().st_mode) == 0o600
    assert client.login(username="coordinator@example.org", password=first[0])
    call_command("remove_sample")
    call_command("load_sample")
    assert not set(first) & set(passwords())


def test_no_password_of_the_sample_stands_in_the_repository(installation: None) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)  # noqa: S607
    paths = [PROJECT / name for name in tracked.stdout.decode().split("\0") if name]
    contents = [path.read_bytes() for path in paths if path.is_file()]
    for password in passwords():
        assert not any(password.encode() in content for content in contents)


def test_an_administrator_of_the_sample_does_not_publish_and_nobody_is_a_superuser(installation: None) -> None:
    assert not User.objects.filter(is_superuser=True).exists()
    roles = dict(User.objects.values_list("email", "groups__name"))
    assert roles["administrator@example.org"] == "administrator"
    assert roles["coordinator@example.org"] == roles["second.coordinator@example.org"] == "coordinator"


def test_the_sample_goes_out_and_comes_back_the_same_to_the_byte(whole_installation: None, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    call_command("export_fiches", first)
    sample.remove()
    load_partners(PROJECT / "data" / "partners.json")
    call_command("import_fiches", first)
    call_command("export_fiches", second)
    assert second.read_bytes() == first.read_bytes()
