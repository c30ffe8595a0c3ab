import pytest

from contest.errors import DomainError, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (DomainError("round_closed"), "round_closed", 409),
        (NotAllowed(), "not_allowed", 403),
        (NotAllowed("own_proposal"), "own_proposal", 403),
        (NotFound(), "not_found", 404),
    ],
)
def test_error_has_a_code_and_the_status_of_its_kind(error: DomainError, code: str, status: int) -> None:
    assert (error.code, error.status) == (code, status)


def test_error_names_its_field_and_the_values_of_its_sentence() -> None:
    error = DomainError("too_many", field="tries", max=3)
    assert (error.field, error.values) == ("tries", {"max": 3})
