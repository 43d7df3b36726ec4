"""Codes: permanent, in one row, never given twice."""

from __future__ import annotations

import pytest

from clavet.publishing import codes
from clavet.publishing.models import Code

pytestmark = pytest.mark.django_db


def test_codes_are_counted_for_each_kind_of_record() -> None:
    assert [codes.allot("CF").value, codes.allot("CF").value, codes.allot("AU").value] == [
        "CF-0001",
        "CF-0002",
        "AU-0001",
    ]


def test_a_code_goes_on_past_four_digits() -> None:
    codes.reserve("CF-9999")
    assert codes.allot("CF").value == "CF-10000"


def test_a_code_taken_by_an_import_is_not_given_again() -> None:
    codes.reserve("CF-0012")
    assert codes.allot("CF").value == "CF-0013"
    codes.reserve("CF-0003")
    assert codes.allot("CF").value == "CF-0014"


def test_a_code_whose_record_is_gone_is_not_given_again() -> None:
    codes.allot("CF")
    Code.objects.all().delete()
    assert codes.allot("CF").value == "CF-0002"


def test_a_code_that_stands_cannot_be_reserved() -> None:
    codes.allot("CF")
    with pytest.raises(ValueError, match="already"):
        codes.reserve("CF-0001")


@pytest.mark.parametrize(
    "text",
    ["", "CF-", "CF-1", "CF-001", "cf-0001", "CF0001", "CF-0001 ", "CF-0001\n", "CF-٠٠٠١", "CF-123456789", "C1-0001"],
)
def test_what_is_not_a_code_is_not_taken_for_one(text: str) -> None:
    assert not codes.is_code(text)
    with pytest.raises(ValueError, match="code"):
        codes.reserve(text)
