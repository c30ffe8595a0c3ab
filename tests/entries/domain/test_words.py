import unicodedata

import pytest

from contest.entries.domain.words import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("chuyển đổi số", 3),
        ("  chuyển\n\nđổi\tsố  ", 3),
        ("Đọc sách – hay không?", 5),
        ("Vũ Nhai-Bình Gia", 3),
        ("Năm 2026", 2),
        ("một\N{NO-BREAK SPACE}hai\N{IDEOGRAPHIC SPACE}ba", 3),
    ],
)
def test_words_are_counted_between_white_space(text: str, count: int) -> None:
    assert count_words(text) == count
    assert count_words(unicodedata.normalize("NFD", text)) == count
