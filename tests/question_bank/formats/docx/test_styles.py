import pytest

from question_bank.formats.docx.styled import Look
from question_bank.formats.docx.styles import Numbers, look_of, props_of


def numbers(look="decimal", text="%1.", first="1", restarts=()):
    heard = Numbers()
    said = [
        ("abstractNum", {"abstractNumId": "1"}),
        ("lvl", {"ilvl": "0"}),
        ("start", {"val": first}),
        ("numFmt", {"val": look}),
        ("lvlText", {"val": text}),
        ("lvl", {"ilvl": "1"}),
        ("numFmt", {"val": "lowerLetter"}),
        ("lvlText", {"val": "%1.%2)"}),
    ]
    for number in ("5", "6"):
        said += [("num", {"numId": number}), ("abstractNumId", {"val": "1"})]
        said += [("lvlOverride", {"ilvl": "0"}), ("startOverride", {"val": "1"})] if number in restarts else []
    for name, attributes in said:
        heard.start(name, attributes)
    return heard


@pytest.mark.parametrize(
    ("look", "first", "labels"),
    [
        ("decimal", "1", ["Câu 1.", "Câu 2."]),
        ("decimal", "9", ["Câu 9.", "Câu 10."]),
        ("decimalZero", "9", ["Câu 09.", "Câu 10."]),
        ("upperLetter", "26", ["Câu Z.", "Câu AA."]),
        ("lowerRoman", "3", ["Câu iii.", "Câu iv."]),
        ("upperRoman", "1994", ["Câu MCMXCIV.", "Câu MCMXCV."]),
        ("bullet", "1", ["-", "-"]),
    ],
)
def test_lists_count_as_word_does(look, first, labels):
    counting = numbers(look, "Câu %1.", first)
    assert [counting.label("5", 0) for _ in labels] == labels


def test_deeper_levels_begin_anew_and_lists_of_one_kind_go_on():
    counting = numbers()
    asked = [("5", 0), ("5", 1), ("5", 1), ("5", 0), ("6", 1), ("6", 0), ("7", 0)]
    assert [counting.label(*each) for each in asked] == ["1.", "1.a)", "1.b)", "2.", "2.a)", "3.", ""]


def test_a_list_may_restart():
    counting = numbers(restarts=("6",))
    assert [counting.label(each, 0) for each in ("5", "5", "6", "6")] == ["1.", "2.", "1.", "2."]


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ([("b", {})], Look(bold=True)),
        ([("b", {}), ("b", {"val": "0"})], Look()),
        ([("u", {"val": "single"})], Look(underlined=True)),
        ([("u", {"val": "none"})], Look()),
        ([("color", {"val": "FF0000"})], Look(coloured=True)),
        ([("color", {"val": "0000FF"})], Look(coloured=True)),
        ([("color", {"val": "1F1F1F"})], Look()),
        ([("color", {"val": "auto"})], Look()),
        ([("highlight", {"val": "yellow"})], Look(highlighted=True)),
        ([("highlight", {"val": "none"})], Look()),
        ([("shd", {"val": "clear", "fill": "FFFF00"})], Look(highlighted=True)),
        ([("shd", {"val": "clear", "fill": "FFFFFF"})], Look()),
        ([("vertAlign", {"val": "superscript"})], Look(raised="^")),
    ],
)
def test_a_look_is_what_the_last_word_says(said, look):
    props = {}
    for name, attributes in said:
        props |= props_of(name, attributes)
    assert look_of(props) == look
