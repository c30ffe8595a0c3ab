import pytest

from question_bank.printed.content import LONGEST, blocks, breakable, line
from tests.question_bank.printed.sheets import PICTURE, SOUND

MEDIA = {PICTURE: "picture", SOUND: "audio"}


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("chữ", ["chữ"]),
        ("**đậm** và *nghiêng*", [{"is": "strong", "of": ["đậm"]}, " và ", {"is": "em", "of": ["nghiêng"]}]),
        ("`mã`", [{"is": "code", "text": "mã"}]),
        ("H~2~O m^2^", ["H", {"is": "sub", "text": "2"}, "O m", {"is": "sup", "text": "2"}]),
        (f"![Cổng](media:{PICTURE})", [{"is": "picture", "name": PICTURE, "text": "Cổng"}]),
        (f"![Bài](media:{SOUND})", ["[Âm thanh: Bài]"]),
        (f"![Mất](media:{'c' * 64})", ["[Mất]"]),
        ("#eval(1) [[1]] <b>", ["#eval(1) [[1]] <b>"]),
        ("một\nhai", ["một", {"is": "break"}, "hai"]),
    ],
)
def test_marks_inside_a_line(text, nodes):
    assert line(text, MEDIA) == nodes


def test_paragraphs_lists_quotes_and_tables():
    read = blocks("Đoạn\n\n- một\n\n> trích\n\n| A |\n|---|\n| 1 |\n\n```\n#x\n```", {})
    assert [node["is"] for node in read] == ["paragraph", "list", "quote", "table", "code_block"]
    [item] = read[1]["of"]
    assert (item["is"], item["mark"]) == ("item", "–")
    assert [row["of"][0]["is"] for row in read[3]["of"]] == ["head", "cell"]
    assert read[4]["text"] == "#x"


@pytest.mark.parametrize(("text", "mark"), [("- x", "–"), ("+ x", "+"), ("3. x", "3.")])
def test_lists_keep_their_marks(text, mark):
    [found] = blocks(text, {})
    assert found["of"][0]["mark"] == mark


def test_gaps_are_places_to_write_in_only_where_there_are_some():
    [paragraph] = blocks("Thủ đô là [[1]].", {}, has_gaps=True)
    assert paragraph["of"] == ["Thủ đô là ", {"is": "gap", "text": "(1)"}, "."]
    [plain] = blocks("Mảng [[1]].", {})
    assert plain["of"] == ["Mảng [[1]]."]


@pytest.mark.parametrize(("length", "breaks"), [(LONGEST, 0), (LONGEST + 1, 1), (2 * LONGEST, 1), (2 * LONGEST + 1, 2)])
def test_only_words_longer_than_a_line_may_break(length, breaks):
    shown = breakable("x" * length)
    assert shown.count("\u200b") == breaks
    assert shown.replace("\u200b", "") == "x" * length


def test_what_no_page_can_show_is_a_space():
    assert breakable("a\x00b\x1fc") == "a b c"
