import pytest

from contest.publication.domain import masked_name, rows_digest, shown_unit


@pytest.mark.parametrize(
    ("full_name", "shown"),
    [
        ("Nguyễn Thị Hằng", "N. T. Hằng"),
        ("  nông   văn đạt ", "N. V. đạt"),
        ("Đàm Ánh", "Đ. Ánh"),
        ("Hằng", "H."),
        ("Ý", "Ý."),
        ("Công Tằng Tôn Nữ Thị Bích Ngọc", "C. T. T. N. T. B. Ngọc"),
        ("Nguye\u0302\u0303n Hoa\u0300", "N. Hoà"),
    ],
)
def test_name_keeps_initials_and_given_name(full_name: str, shown: str) -> None:
    assert masked_name(full_name) == shown


@pytest.mark.parametrize(("participants", "shown"), [(4, ""), (5, "Xã Thất Khê")])
def test_unit_is_named_only_among_enough_people(participants: int, shown: str) -> None:
    assert shown_unit("Xã Thất Khê", participants) == shown


def test_digest_changes_with_any_value_and_with_the_order() -> None:
    rows = [[1, "N. T. Hằng", {"right_count": 20}], [2, "V. V. Đạt", {"right_count": 19}]]
    changed = [rows[0], [2, "V. V. Đạt", {"right_count": 18}]]
    assert rows_digest(rows) == rows_digest([list(row) for row in rows])
    assert len({rows_digest(rows), rows_digest(changed), rows_digest(rows[::-1]), rows_digest([])}) == 4
