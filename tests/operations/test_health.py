"""What watches over the portal asks these two addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from clavet.operations import readiness

HEALTHY = {"database": "ok", "migrations": "ok", "cache": "ok", "index": "ok"}


def test_a_process_that_runs_is_healthy_whatever_the_database_does(client: Client) -> None:
    # No access to the database is allowed in this test.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_a_portal_with_database_and_migrations_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": HEALTHY}
    assert not response.cookies


@pytest.mark.django_db
def test_asking_twice_costs_the_same_few_queries(client: Client, django_assert_max_num_queries: Callable) -> None:
    client.get("/readyz")
    with django_assert_max_num_queries(6):
        client.get("/readyz")


@pytest.mark.django_db
def test_a_portal_that_lacks_a_migration_is_not_ready(client: Client) -> None:
    app, name = sorted(readiness.latest_migrations())[0]
    MigrationRecorder.Migration.objects.filter(app=app, name=name).delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "checks": HEALTHY | {"migrations": "behind"}}


@pytest.mark.django_db
def test_a_database_that_fails_is_said_without_its_secrets(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> str | None:
        raise OperationalError("password of clavet at db.example refused")

    monkeypatch.setitem(readiness.CHECKS, "database", fails)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "failing"
    assert "db.example" not in response.content.decode()
    assert "db.example" in caplog.text


@pytest.mark.django_db
def test_other_parts_add_their_own_checks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "CHECKS", dict(readiness.CHECKS))
    readiness.register("cache", lambda: "full")
    assert client.get("/readyz").json()["checks"]["cache"] == "full"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
