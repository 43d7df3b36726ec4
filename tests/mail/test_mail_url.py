"""Where e-mail goes, as the operator says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clavet.operations import preflight, start
from clavet.operations.problems import NotReady
from clavet.settings import mail
from clavet.settings.mail import Mail, from_url

pytestmark = pytest.mark.once
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_without_a_word_it_goes_into_the_folder_of_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MAIL_URL", raising=False)
    assert mail.from_environment(tmp_path).folder == tmp_path / "mail"
    assert f"E-mail goes to {tmp_path / 'mail'}" in start.announcement(tmp_path, first=True)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("file:///srv/my%20mail", Mail(folder=Path("/srv/my mail"))),
        ("smtp://mail.example", Mail(backend=SMTP, host="mail.example", port=25)),
        ("smtp://localhost:1025/", Mail(backend=SMTP, host="localhost", port=1025)),
        (
            "smtp://me%40example.org:p%2Fss%3A@mail.example?tls=starttls",
            Mail(backend=SMTP, host="mail.example", port=587, user="me@example.org", password="p/ss:", starttls=True),
        ),
        (
            "smtps://me:pw@[2001:db8::1]",
            Mail(backend=SMTP, host="2001:db8::1", port=465, user="me", password="pw", tls=True),
        ),
    ],
)
def test_what_an_address_means(address: str, meant: Mail) -> None:
    assert from_url(address) == meant


@pytest.mark.parametrize(
    "address",
    [
        "mail.example",
        "http://mail.example",
        "file://folder",
        "file:///",
        "smtp://",
        "smtp://me:verysecret@mail.example:mail",
        "smtp://me:verysecret@mail.example:70000",
        "smtp://me:verysecret@mail.example/folder",
        "smtp://me:verysecret@mail.example?tls=yes",
        "smtp://me:verysecret@mail.example?starttls",
        "smtps://me:verysecret@mail.example?tls=starttls",
    ],
)
def test_a_wrong_address_is_named_with_what_is_wrong_and_without_its_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAIL_URL is wrong") as refusal:
        from_url(address)
    assert "verysecret" not in str(refusal.value)


def test_the_operator_reads_the_server_and_no_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAIL_URL", "smtps://me:verysecret@mail.example")
    said = start.announcement(tmp_path, first=False)
    assert "mail.example, port 465" in said
    assert "verysecret" not in said


def test_whom_e_mails_are_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAIL_FROM", raising=False)
    assert mail.sender("https://portal.example:8443") == "CLAVET <noreply@portal.example>"
    monkeypatch.setenv("MAIL_FROM", "CLAVET <portal@example.org>")
    assert mail.sender("https://portal.example") == "CLAVET <portal@example.org>"
    monkeypatch.setenv("MAIL_FROM", "nobody")
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM"):
        mail.sender("https://portal.example")


def test_a_mail_folder_that_cannot_be_is_refused_at_the_start(settings: object, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.EMAIL_FILE_PATH = tmp_path / "file" / "mail"
    with pytest.raises(NotReady, match="mail folder"):
        preflight.mail_folder_is_writable()
    settings.EMAIL_FILE_PATH = tmp_path / "new" / "mail"
    preflight.mail_folder_is_writable()
    assert list((tmp_path / "new" / "mail").iterdir()) == []
    settings.EMAIL_FILE_PATH = None
    preflight.mail_folder_is_writable()
