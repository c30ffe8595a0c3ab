import pytest

from question_bank.formats.base import Fault, Import, Parsed, Placed, UnusableFile, checked, file_bytes
from tests.question_bank.builders import options, question


def placed(*pairs):
    return [
        Placed(Parsed(code, row, asked), lambda field, row=row: f"{field}@{row}")
        for row, (code, asked) in enumerate(pairs, 1)
    ]


def found(*pairs):
    return [(fault.cell, fault.code) for fault in checked(placed(*pairs))]


def test_good_questions_have_no_fault():
    assert found(("1", question()), ("2", question(text="Khác?"))) == []


def test_problems_of_each_question_stand_at_its_own_place():
    assert found(("1", question()), ("2", question(text="Khác?", key="z"))) == [("key@2", "key_unknown")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("x" * 50, []), ("x" * 51, [("code@1", "too_long")]), ("", [("code@1", "code_missing")])],
)
def test_length_of_codes(code, expected):
    assert found((code, question())) == expected


def test_codes_that_read_the_same_are_repeated():
    assert found(("A 1", question()), ("a  1", question(text="Khác?"))) == [("code@2", "code_repeated")]


def test_a_question_is_another_one_with_other_items():
    other = question("matching", items=("Cố đô", "Thủ đô", "Thành phố cảng"))
    assert found(("1", question("matching")), ("2", other)) == []
    assert found(("1", question("matching")), ("2", question("matching"))) == [("text@2", "question_repeated")]


def test_a_question_is_repeated_when_its_options_only_changed_places():
    moved = question(text="THỦ ĐÔ của Việt Nam là thành phố nào?", options=options("Đà Nẵng", "Huế", "hà nội"), key="c")
    assert found(("1", question()), ("2", moved)) == [("text@2", "question_repeated")]
    assert found(("1", question()), ("2", question(options=options("Huế", "Hà Nội", "Vinh")))) == []


def test_questions_without_text_are_missing_it_and_not_repeated():
    codes = [code for _, code in found(("1", question(text="")), ("2", question(text="")))]
    assert codes == ["text_missing", "text_missing"]


@pytest.mark.parametrize(("size", "is_read"), [(20_000_000, True), (20_000_001, False)])
def test_files_of_at_most_20_mb_are_read(tmp_path, size, is_read):
    file = tmp_path / "file"
    file.write_bytes(bytes(size))
    for source in (file, bytes(size)):
        if is_read:
            assert len(file_bytes(source)) == size
        else:
            with pytest.raises(UnusableFile, match="larger than 20 MB"):
                file_bytes(source)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnusableFile) as raised:
        file_bytes(tmp_path)
    assert raised.value.code == "file_missing"


def test_faults_speak_vietnamese_unless_told_otherwise():
    fault = Fault("C7", "option_empty", {"option": "B"})
    assert fault.sentence() == "Phương án B chưa có nội dung."
    assert fault.sentence("en") == "Option B has no text."


def test_faults_are_told_in_the_order_of_the_file_those_about_all_of_it_first():
    faults = tuple(Fault(cell, "code_missing", row=row) for cell, row in (("d", 7), ("a", None), ("c", 2), ("e", 7)))
    told = Import((), faults, guesses=(Fault("z", "code_made"),)).faults
    assert [fault.cell for fault in told] == ["a", "c", "d", "e"]
