import pytest

from contest.entries.domain.limits import BOUNDS, MB, AnswerForm, default_limits, read_limits


@pytest.mark.parametrize(("form", "size"), [("document", 20 * MB), ("video", 2048 * MB), ("audio", 2048 * MB)])
def test_each_form_has_its_largest_file(form: str, size: int) -> None:
    assert read_limits(default_limits()).max_bytes(AnswerForm(form)) == size


def test_stored_seconds_are_read_as_milliseconds() -> None:
    limits = read_limits(default_limits())
    assert (limits.clip_min_ms, limits.clip_max_ms) == (180_000, 600_000)


def test_the_values_of_a_new_contest_are_within_the_bounds() -> None:
    value = default_limits()
    assert all(least <= value[name] <= most for name, (least, most) in BOUNDS.items())
