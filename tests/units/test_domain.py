"""Codes of units, with both edges of their length."""

import pytest

from contest.units.domain import is_agency_code, is_school_code


@pytest.mark.parametrize(
    ("code", "agency", "school"),
    [
        ("H37", True, True),
        ("H37.01", True, True),
        ("H37.01.0A", True, True),
        ("H3", False, True),
        ("H377", False, True),
        ("h37", False, False),
        ("H37.", False, False),
        ("H37..01", False, False),
        ("H37 01", False, False),
        ("20164501", False, True),
        ("000.00.00.H37", False, True),
        ("TRƯỜNG", False, False),
        ("", False, False),
        ("H37." + "1" * 31, True, True),
        ("H37." + "1" * 32, False, False),
        ("H37\n", False, False),
    ],
)
def test_codes(code: str, agency: bool, school: bool) -> None:
    assert (is_agency_code(code), is_school_code(code)) == (agency, school)
