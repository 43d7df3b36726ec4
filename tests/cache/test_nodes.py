"""The page cache of real processes: what one has published the other never answers otherwise."""

from __future__ import annotations

import gzip
import http.client
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bench.servers import Server, running
from fiches.models import Fiche
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("en", "el", "fr")
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Server]]:
    """Two servers of one process each, with one data directory, on the database of this test."""
    database = {"NAME": connection.settings_dict["NAME"]}
    if connection.vendor == "sqlite":
        database["NAME"] = str(database["NAME"])
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.cache.node_settings",
        "NODE_DATA": str(tmp_path),
        "NODE_DATABASE": json.dumps(database),
    }
    with ExitStack() as stack:
        yield [stack.enter_context(running("portal", environ, workers=1)) for _each in range(2)]


def ask(server: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, Any, str]:
    """Status, headers and body of an answer, unpacked."""
    caller = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        caller.request(method, path, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()})
        answer = caller.getresponse()
        content = answer.read()
    finally:
        caller.close()
    return answer.status, answer.headers, UNPACK[answer.headers["Content-Encoding"]](content).decode()


def publish(server: Server, session: str, record: Fiche, title: str) -> None:
    """Accept a new text in the admin of one server, as a coordinator does."""
    revision = factories.submitted(record, "en", factories.document(title), by=factories.coordinator())
    token = "c" * 32
    status, headers, _body = ask(
        server,
        "POST",
        f"/admin/fiches/fiche/{record.pk}/decide/{revision.pk}/",
        urlencode({"accept": "1", "accept-significance": "major", "csrfmiddlewaretoken": token}),
        Content_Type="application/x-www-form-urlencoded",
        Cookie=f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}",
    )
    assert status == 302, headers
    assert Fiche.objects.get(pk=record.pk).title_en == title


def test_after_a_publication_through_one_server_the_other_never_answers_with_the_page_before(
    pair: list[Server],
) -> None:
    record = factories.fiche("Title number 0")
    client = Client()
    client.force_login(factories.coordinator())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    tags: dict[tuple[int, str, str], str] = {}
    for number in range(4):
        if number:
            # By turns through the one and the other.
            publish(pair[number % 2], session, record, f"Title number {number}")
        for place, server in enumerate(pair):
            for path in [f"/{language}/fiches/" for language in LANGUAGES]:
                for encoding in ("gzip", "br", "identity"):
                    key = (place, path, encoding)
                    known = {"If_None_Match": tags[key]} if key in tags else {}
                    status, headers, body = ask(server, "GET", path, Accept_Encoding=encoding, **known)
                    assert status == 200
                    assert f"Title number {number}" in body
                    assert f"Title number {number - 1}" not in body
                    tags[key] = headers["ETag"]
                    again, _headers, _body = ask(server, "GET", path, Accept_Encoding=encoding, If_None_Match=tags[key])
                    assert again == 304
