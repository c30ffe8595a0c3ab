import pytest

from question_bank.formats.xlsx.words import help_lines
from question_bank.kinds import kinds

LINES = dict(help_lines())


def test_every_kind_is_explained():
    assert [f"Loại câu “{kind.name.vi}”" for kind in kinds()] == list(LINES)[-len(kinds()) :]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Một đáp án", "Đáp án: chữ cái của phương án đúng, ví dụ: B."),
        ("Nhiều đáp án", "ví dụ: A, C."),
        ("Đúng/Sai", "Để trống các ô phương án. Đáp án: Đúng hoặc Sai."),
        ("Đúng/Sai nhiều ý", "ví dụ: Đ, S, Đ, S."),
        ("Trả lời ngắn", "nhiều câu trả lời cách nhau bằng dấu | (dấu | thuộc câu trả lời thì ghi \\|)"),
        ("Điền số", "Đáp án: ghi đáp số."),
        ("Điền số", "Tùy chọn: Sai số cho phép; Đơn vị."),
        ("Ghép đôi", "Mỗi ô phương án ghi: vế trái = phương án ghép (dấu = có khoảng trắng hai bên"),
        ("Sắp xếp thứ tự", "Để trống ô Đáp án."),
        ("Dự đoán", "Để trống các ô phương án và ô Đáp án. Tùy chọn: Điều cần dự đoán"),
    ],
)
def test_each_is_written_as_its_table_asks(name, told):
    assert told in LINES[f"Loại câu “{name}”"]
