import pytest

from contest.entries.domain.limits import BOUNDS, MB, AnswerForm, default_limits, read_limits, value_for

BLOCKS = [
    {"groups": {"lop-1": "Lớp 1", "lop-2": "Lớp 2"}, "forms": ["video"], "clip_min_seconds": 60},
    {"groups": {"thpt": "THPT"}, "words_max": 800},
]


@pytest.mark.parametrize(("form", "size"), [("document", 20 * MB), ("video", 2048 * MB), ("audio", 2048 * MB)])
def test_each_form_has_its_largest_file(form: str, size: int) -> None:
    assert read_limits(default_limits()).max_bytes(AnswerForm(form)) == size


def test_stored_seconds_are_read_as_milliseconds() -> None:
    limits = read_limits(default_limits())
    assert (limits.clip_min_ms, limits.clip_max_ms) == (180_000, 600_000)


def test_the_values_of_a_new_contest_are_within_the_bounds() -> None:
    value = default_limits()
    assert all(least <= value[name] <= most for name, (least, most) in BOUNDS.items())


@pytest.mark.parametrize(
    ("group", "forms", "words", "least", "most"),
    [
        ("lop-1", {"video"}, 5000, 60_000, 600_000),
        ("lop-2", {"video"}, 5000, 60_000, 600_000),
        ("thpt", set(AnswerForm), 800, 180_000, 600_000),
        ("thcs", set(AnswerForm), 5000, 180_000, 600_000),
    ],
)
def test_a_block_changes_what_it_says_and_only_for_its_groups(
    group: str, forms: set[str], words: int, least: int, most: int
) -> None:
    limits = read_limits(value_for({**default_limits(), "groups": BLOCKS}, group))
    assert (limits.forms, limits.words_max, limits.clip_min_ms, limits.clip_max_ms) == (forms, words, least, most)


def test_rules_from_before_there_were_blocks_hold_for_every_group() -> None:
    assert value_for(default_limits(), "thpt") == default_limits()
