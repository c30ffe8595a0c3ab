import pytest

from contest.notices.domain import paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("Một dòng", [["Một dòng"]]),
        ("Dòng 1\r\nDòng 2", [["Dòng 1", "Dòng 2"]]),
        ("Đoạn 1\n\n\n  \nĐoạn 2\n", [["Đoạn 1"], ["Đoạn 2"]]),
        ("\n\nĐoạn  1", [["Đoạn 1"]]),
    ],
)
def test_a_blank_line_begins_a_paragraph(body: str, expected: list[list[str]]) -> None:
    assert paragraphs(body) == expected
