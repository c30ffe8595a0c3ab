from base64 import b64encode
from hashlib import sha256

import pytest

from question_bank.formats import FORMATS
from question_bank.formats.base import UnusableFile
from question_bank.formats.moodle.reader import read_questions
from question_bank.kinds import kind_of

PICTURE = b"\x89PNG\r\n\x1a\n a picture"
SOUND = b"ID3 a sound"


def element(type_, inner="", text="Câu hỏi", name=""):
    return (
        f'<question type="{type_}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[<p>{text}</p>]]></text></questiontext>{inner}</question>'
    )


def read(*elements):
    return read_questions(f"<quiz>{''.join(elements)}</quiz>".encode())


def only(*elements):
    found = read(*elements)
    assert found.faults == ()
    (parsed,) = found.questions
    return parsed.question


def codes(faults):
    return [fault.code for fault in faults]


def answer(text, fraction=100, feedback="", more=""):
    remark = f'<feedback format="html"><text>{feedback}</text></feedback>'
    return f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{remark}{more}</answer>'


def file(content, name, path="/"):
    return f'<file name="{name}" path="{path}" encoding="base64">{b64encode(content).decode()}</file>'


def digest(content):
    return sha256(content).hexdigest()


# As Moodle 4 exports it: indented, with every element, comments between questions, and answers wrapped in paragraphs.
EXPORTED = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category>
      <text>$course$/top/Mặc định cho Địa lý/Sông/Núi A//B</text>
    </category>
    <info format="moodle_auto_format">
      <text>Các câu hỏi về địa lý</text>
    </info>
    <idnumber></idnumber>
  </question>

<!-- question: 1021  -->
  <question type="multichoice">
    <name>
      <text>Thủ đô</text>
    </name>
    <questiontext format="html">
      <text><![CDATA[<p dir="ltr" style="text-align: left;">Thủ đô của <strong>Lào</strong> là</p>]]></text>
    </questiontext>
    <generalfeedback format="html">
      <text><![CDATA[<p>Viêng Chăn là thủ đô từ năm 1563.</p>]]></text>
    </generalfeedback>
    <defaultgrade>0.2500000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>DL-01</idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <showstandardinstruction>0</showstandardinstruction>
    <correctfeedback format="html">
      <text>Câu trả lời của bạn đúng</text>
    </correctfeedback>
    <partiallycorrectfeedback format="html">
      <text>Câu trả lời của bạn đúng một phần</text>
    </partiallycorrectfeedback>
    <incorrectfeedback format="html">
      <text>Câu trả lời của bạn sai.</text>
    </incorrectfeedback>
    <shownumcorrect/>
    <answer fraction="100" format="html">
      <text><![CDATA[<p dir="ltr">Viêng Chăn</p>]]></text>
      <feedback format="html">
        <text></text>
      </feedback>
    </answer>
    <answer fraction="0" format="html">
      <text><![CDATA[<p dir="ltr">Luông Pha Băng<br></p>]]></text>
      <feedback format="html">
        <text><![CDATA[<p>Đó là cố đô.</p>]]></text>
      </feedback>
    </answer>
    <tags>
      <tag><text>Đông Nam Á</text>
</tag>
      <tag><text>Độ khó 2</text>
</tag>
    </tags>
  </question>

</quiz>
"""


def test_a_file_that_moodle_exported_is_read_whole():
    found = FORMATS[".xml"].read_questions(EXPORTED.encode())
    assert found.faults == ()
    (parsed,) = found.questions
    question = parsed.question
    assert (parsed.code, parsed.row) == ("DL-01", 1)
    assert (question.kind, question.text) == ("single", "Thủ đô của **Lào** là")
    assert kind_of("single").rows(question) == (("x", "Viêng Chăn"), ("", "Luông Pha Băng"))
    assert question.topic == "Mặc định cho Địa lý / Sông / Núi A/B"
    assert (question.points, question.difficulty, question.tags) == (250, 2, ("Đông Nam Á",))
    assert question.explanation == "Viêng Chăn là thủ đô từ năm 1563.\nLuông Pha Băng: Đó là cố đô."
    assert not question.lock_order
    assert set(codes(found.guesses)) == {"source_made", "feedback_joined"}
    assert [guess.cell for guess in found.guesses] == ["câu 1 (dòng 15)"] * 2


SHORT = "<usecase>0</usecase>"
PAIRS = '<subquestion format="html"><text>{}</text><answer><text>{}</text></answer></subquestion>'
CHOICES = (
    "<{0}><text>Hồng</text><group>1</group></{0}><{0}><text>Lào</text><group>2</group></{0}>"
    "<{0}><text>Đà</text><group>1</group></{0}><{0}><text>Anh</text><group>2</group></{0}>"
)
NUMBER = "<answer fraction='100'><text>{}</text><tolerance>{}</tolerance></answer>"


@pytest.mark.parametrize(
    ("type_", "inner", "text", "kind", "rows"),
    [
        ("multichoice", answer("<p>a</p>") + answer("b", 0), "?", "single", [("x", "a"), ("", "b")]),
        (
            "multichoice",
            "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", 0),
            "?",
            "multiple",
            [("x", "a"), ("x", "b"), ("", "c")],
        ),
        (
            "multichoiceset",
            answer("a") + answer("b") + answer("c", 0),
            "?",
            "multiple",
            [("x", "a"), ("x", "b"), ("", "c")],
        ),
        ("truefalse", answer("true", 0) + answer("false"), "?", "true_false", [("false",)]),
        ("shortanswer", SHORT + answer("Huế") + answer("<b>"), "?", "short_text", [("Huế",), ("<b>",)]),
        ("numerical", NUMBER.format("3.14", "0.01"), "?", "number", [("3,14",)]),
        ("numerical", NUMBER.format("-1,5e3", "0"), "?", "number", [("-1500",)]),
        ("essay", "<responseformat>editor</responseformat>", "?", "essay", []),
        ("matching", PAIRS.format("a", "1") + PAIRS.format("b", "2"), "?", "matching", [("a", "1"), ("b", "2")]),
        (
            "matching",
            PAIRS.format("a", "1") + PAIRS.format("b", "1") + PAIRS.format("", "*3*"),
            "?",
            "matching",
            [("a", "1"), ("b", "1"), ("", r"\*3\*")],
        ),
        ("ordering", answer("hai", "2.0000000") + answer("một", "1.0000000"), "?", "ordering", [("một",), ("hai",)]),
        ("cloze", "", "Sông {1:SA:=Hồng} ở {1:MC:=Việt Nam~Lào}.", "gap_fill", [("Hồng", ""), ("Việt Nam", "Lào")]),
        ("gapselect", CHOICES.format("selectoption"), "[[3]], [[2]]", "gap_fill", [("Đà", "Hồng"), ("Lào", "Anh")]),
        ("ddwtos", CHOICES.format("dragbox"), "[[3]], [[2]]", "gap_fill", [("Đà", "Hồng"), ("Lào", "Anh")]),
    ],
)
def test_each_type_is_a_kind_of_ours(type_, inner, text, kind, rows):
    found = only(element(type_, inner, text))
    assert (found.kind, list(kind_of(kind).rows(found))) == (kind, rows)


def test_gaps_stand_where_they_stood():
    assert only(element("cloze", text="Sông {1:SA:=Hồng}, {1:SA:=Đà}.")).text == "Sông [[1]], [[2]]."
    assert only(element("gapselect", CHOICES.format("selectoption"), "[[3]] và [[2]]")).text == "[[1]] và [[2]]"


@pytest.mark.parametrize(
    ("type_", "inner", "setting", "value"),
    [
        ("multichoice", "<single>0</single>" + answer("a", 50) + answer("b", 50) + answer("c", -100), "scoring", None),
        ("multichoice", "<single>false</single>" + answer("a", 100) + answer("b", 0), "scoring", "partial"),
        ("multichoice", "<single>false</single>" + answer("a", 100) + answer("b", -100), "scoring", None),
        ("multichoice", "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", -50), "scoring", "penalty"),
        ("multichoiceset", answer("a") + answer("b", 0), "scoring", None),
        ("shortanswer", "<usecase>1</usecase>" + answer("a"), "case", True),
        ("numerical", NUMBER.format("1", "0.5"), "tolerance", "0,5"),
        ("numerical", NUMBER.format("1", "1e-3"), "tolerance", "0,001"),
        ("numerical", NUMBER.format("1", ""), "tolerance", None),
        ("numerical", NUMBER.format("1", "0") + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>", "unit", "m"),
        ("numerical", NUMBER.format("1", "0") + "<units><unit><unit_name>m</unit_name></unit></units><showunits>3</showunits>", "unit", None),
        ("essay", "<minwordlimit>100</minwordlimit>", "least_words", 100),
        ("essay", "<maxwordlimit>300</maxwordlimit>", "most_words", 300),
        ("essay", "<graderinfo format='html'><text>&lt;p&gt;Chấm ý&lt;/p&gt;</text></graderinfo>", "guide", "Chấm ý"),
        ("matching", PAIRS.format("a", "1") + PAIRS.format("b", "2"), "scoring", "parts"),
        ("ordering", answer("a", 1) + answer("b", 2) + "<gradingtype>ALL_OR_NOTHING</gradingtype>", "scoring", None),
        ("ordering", answer("a", 1) + answer("b", 2) + "<gradingtype>ABSOLUTE_POSITION</gradingtype>", "scoring", "parts"),
    ],
)  # fmt: skip
def test_scoring_and_the_like_are_settings_of_ours(type_, inner, setting, value):
    assert dict(only(element(type_, inner)).settings).get(setting) == value


@pytest.mark.parametrize(
    ("written", "points", "is_guess"),
    [
        ("1.0000000", 1000, False),
        ("0.25", 250, False),
        ("2", 2000, False),
        ("0.0010000", 1, False),
        ("0.3333333", 333, True),
        ("", 1000, False),
    ],
)
def test_points_are_thousandths(written, points, is_guess):
    found = read(element("essay", f"<defaultgrade>{written}</defaultgrade>"))
    assert found.questions[0].question.points == points
    assert ("points_rounded" in codes(found.guesses)) is is_guess


def test_weights_of_gaps_are_the_points():
    assert only(element("cloze", text="{2:SA:=a} {1:SA:=b}")).points == 3000


@pytest.mark.parametrize(
    ("written", "is_locked"), [("false", True), ("0", True), ("true", False), ("1", False), ("", False)]
)
def test_options_that_are_not_shuffled_are_locked(written, is_locked):
    inner = f"<shuffleanswers>{written}</shuffleanswers>" + answer("a") + answer("b", 0)
    assert only(element("multichoice", inner)).lock_order is is_locked


@pytest.mark.parametrize(
    ("style", "text", "shown"),
    [
        ("html", "&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;", "a\n\nb"),
        ("moodle_auto_format", "a\nb", "a\nb"),
        ("moodle_auto_format", "a &lt;b&gt;b&lt;/b&gt;", "a **b**"),
        ("plain_text", "&lt;b&gt; *a* \\(x\\)", r"<b> \*a\* \(x\)"),
        ("markdown", "**a** *b*", "**a** *b*"),
        ("html", r"\(x^2\) và $$y$$", "$x^2$ và $$y$$"),
        ("moodle_auto_format", r"tính \(x^2\)", "tính $x^2$"),
    ],
)
def test_each_text_is_read_in_its_format(style, text, shown):
    found = only(f'<question type="essay"><questiontext format="{style}"><text>{text}</text></questiontext></question>')
    assert found.text == shown


def test_pictures_and_sounds_come_along():
    data = f"data:image/png;base64,{b64encode(PICTURE).decode()}"
    text = (
        f"<img src='@@PLUGINFILE@@/b%E1%BA%A3n%20%C4%91%E1%BB%93.png' alt='Bản đồ'> <img src='{data}' alt='Lại'>"
        "<audio><source src='@@PLUGINFILE@@/nghe/1.mp3?time=1'></audio>"
    )
    files = file(PICTURE, "bản đồ.png") + file(SOUND, "1.mp3", "/nghe/")
    found = read(
        f'<question type="essay"><questiontext format="html"><text><![CDATA[{text}]]></text>{files}</questiontext></question>'
    )
    picture, sound = digest(PICTURE), digest(SOUND)
    assert (
        found.questions[0].question.text == f"![Bản đồ](media:{picture}) ![Lại](media:{picture})![Hình](media:{sound})"
    )
    assert found.media == {picture: PICTURE, sound: SOUND}
    assert "medium_named" in codes(found.guesses)
    assert found.faults == ()


def test_pictures_of_options_have_files_of_their_own():
    first, second = b"\x89PNG 1", b"\x89PNG 2"
    inner = "".join(
        f"<answer fraction='{part}' format='html'><text>&lt;img src='@@PLUGINFILE@@/x.png' alt='h'&gt;</text>{file(content, 'x.png')}</answer>"
        for part, content in ((100, first), (0, second))
    )
    found = read(element("multichoice", inner))
    assert [option.text for option in found.questions[0].question.options] == [
        f"![h](media:{digest(content)})" for content in (first, second)
    ]


def test_the_picture_of_a_question_of_moodle_1_comes_below_its_text():
    old = f"<image>xa/ban-do.png</image><image_base64>{b64encode(PICTURE * 2000).decode()}</image_base64>"
    found = read(element("truefalse", answer("true") + old))
    assert found.questions[0].question.text == f"Câu hỏi\n\n![Hình](media:{digest(PICTURE * 2000)})"
    assert "medium_named" in codes(found.guesses)


@pytest.mark.parametrize(
    ("old", "is_told"),
    [
        ("<image>xa/ban-do.png</image><image_base64></image_base64>", True),
        ("<image>xa/ban-do.png</image>", True),
        ("<image></image>", False),
    ],
)
def test_such_a_picture_that_is_not_in_the_file_is_missed(old, is_told):
    found = read(element("truefalse", answer("true") + old))
    assert found.questions[0].question.text == "Câu hỏi"
    assert ("medium_missing" in codes(found.guesses)) == is_told


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "@@PLUGINFILE@@/x.png", "x.png", "data:image/png;base64,"]
)
def test_a_picture_that_is_not_in_the_file_is_missed(address):
    found = read(element("essay", text=f"Xem <img src='{address}' alt='bản đồ'>"))
    assert found.questions[0].question.text == "Xem [bản đồ]"
    assert "medium_missing" in codes(found.guesses)
    assert found.media == {}


@pytest.mark.parametrize(
    ("elements", "guess"),
    [
        (element("description"), "not_question"),
        (element("calculated"), "type_unread"),
        (element("ddmarker"), "type_unread"),
        (element("cloze", text="{1:MULTIRESPONSE:=a~=b}"), "type_unread"),
        (element("essay", "<hidden>1</hidden>"), "hidden_read"),
        (element("essay", "<hint><text>gợi ý</text></hint>"), "extras_dropped"),
        (element("essay", "<attachments>2</attachments>"), "extras_dropped"),
        (element("essay", "<responsetemplate><text>mẫu</text></responsetemplate>"), "extras_dropped"),
        (element("multichoice", answer("a") + answer("b", 50)), "weights_changed"),
        (element("multichoice", "<single>false</single>" + answer("a", 70) + answer("b", 30)), "weights_changed"),
        (element("shortanswer", answer("a") + answer("b", 50)), "answers_dropped"),
        (element("shortanswer", answer("a*")), "wildcard"),
        (element("numerical", NUMBER.format("1", "0") + NUMBER.format("2", "0")), "answers_dropped"),
        (element("numerical", NUMBER.format("1", "0") + "<units><unit><unit_name>m</unit_name></unit></units><unitgradingtype>1</unitgradingtype>"), "units_dropped"),
        (element("ordering", answer("a", 1) + answer("b", 2) + "<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>"), "weights_changed"),
        (element("multichoice", answer("a") + answer("b", 0, "chưa đúng")), "feedback_joined"),
        (element("essay", text="h<u>ea</u>t"), "marks_dropped"),
        (element("essay", text="<table><tr><td colspan='2'>a</td></tr></table>"), "pictures_dropped"),
        (element("essay"), "topic_made"),
        (element("essay"), "code_made"),
        (element("essay"), "difficulty_made"),
    ],
)  # fmt: skip
def test_what_is_guessed_or_cannot_be_taken_over_is_told(elements, guess):
    found = read(elements, element("essay", text="Câu khác"))
    assert guess in codes(found.guesses)
    assert found.faults == ()
    assert all(each.sentence() and each.sentence("en") for each in found.guesses)


def test_types_that_cannot_be_read_are_named():
    (guess,) = [each for each in read(element("calculated")).guesses if each.code == "type_unread"]
    assert guess.cell == "câu 1 (dòng 1): calculated"


@pytest.mark.parametrize(
    ("elements", "fault"),
    [
        (element("multichoice", answer("a") + answer("b")), "key_several"),
        (element("multichoice", answer("a", 0) + answer("b", 0)), "key_missing"),
        (element("multichoice", "".join(answer(str(number), 0) for number in range(11))), "options_many"),
        (element("truefalse", answer("đúng")), "key_missing"),
        (element("shortanswer"), "key_missing"),
        (element("numerical", NUMBER.format("*", "0")), "number_unreadable"),
        (element("numerical", NUMBER.format("1e99", "0").replace("e99", "e999")), "number_unreadable"),
        (element("numerical"), "key_missing"),
        (element("cloze", text="Không có chỗ trống"), "gaps_missing"),
        (element("gapselect", CHOICES.format("selectoption"), "[[9]]"), "gap_unknown"),
        (element("essay", "<defaultgrade>nhiều</defaultgrade>"), "points_wrong"),
        (element("essay", "<defaultgrade>0</defaultgrade>"), "points_range"),
        (element("essay", text="x" * 40_001), "question_large"),
        (element("essay", text=f"data:image/png;base64,AAAA{'.' * 40_001}"), "question_large"),
        (element("essay", text="data:image/png;base64,A " * 101), "question_large"),
        (element("essay", text="x" * 4001), "too_long"),
        (element("essay", text=r"\(\nosuch{\)"), "formula_broken"),
        (element("essay", text="Câu khác"), "question_repeated"),
    ],
)
def test_what_is_wrong_is_said_of_its_question(elements, fault):
    found = read(element("essay", text="Câu khác"), elements)
    assert [(each.cell, each.row, each.code) for each in found.faults] == [("câu 2 (dòng 1)", 2, fault)]
    assert [each.row for each in found.good] == [1]
    assert all(each.sentence() and each.sentence("en") for each in found.faults)


def test_codes_come_from_the_number_or_the_name_or_the_place():
    found = read(
        element("essay", "<idnumber>A-1</idnumber>", "Một", name="Tên"),
        element("essay", text="Hai", name="B-2"),
        element("essay", text="Ba", name="B-2"),
        element("essay", text="Bốn", name="x" * 51),
    )
    assert [each.code for each in found.questions][:2] == ["A-1", "B-2"]
    assert [each.code[:6] for each in found.questions][2:] == ["N-003-", "N-004-"]


def test_a_source_and_a_difficulty_are_found_where_they_are_written():
    inner = (
        "<generalfeedback format='html'><text>&lt;p&gt;Vì thế.&lt;/p&gt;&lt;p&gt;Nguồn: Điều 3&lt;/p&gt;</text></generalfeedback>"
        "<tags><tag><text>a,b</text></tag><tag><text>Độ khó: 5</text></tag></tags>"
    )
    found = only(element("essay", inner))
    assert (found.explanation, found.source, found.difficulty, found.tags) == ("Vì thế.", "Điều 3", 5, ("a b",))


def test_a_category_is_a_topic_until_the_next():
    def category(path):
        return f"<question type='category'><category><text>{path}</text></category></question>"

    texts = iter("abc")
    parts = [category("top/A/B"), element("essay", text=next(texts)), element("essay", text=next(texts)), category("C")]
    found = read(*parts, element("essay", text=next(texts)))
    assert [each.question.topic for each in found.questions] == ["A / B", "A / B", "C"]


def test_a_file_without_questions_is_told():
    assert codes(read().faults) == ["no_questions"]


def test_more_questions_than_a_file_may_hold_are_refused():
    assert codes(read("<question/>" * 5001).faults) == ["too_many_questions"]
    assert codes(read("<question/>" * 5000).faults) == ["no_questions"]


def test_another_file_is_refused():
    with pytest.raises(UnusableFile) as refused:
        read_questions(b"<html/>")
    assert refused.value.code == "not_moodle"


def test_media_that_are_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr("question_bank.formats.base.MOST_MEDIA_MB", 0)
    text = "<img src='@@PLUGINFILE@@/x.png' alt='h'>"
    with pytest.raises(UnusableFile) as refused:
        read(
            f'<question type="essay"><questiontext><text><![CDATA[{text}]]></text>{file(PICTURE, "x.png")}</questiontext></question>'
        )
    assert refused.value.code == "media_large"


def test_letters_in_two_forms_become_one():
    found = read(element("essay", text="Vì sao ho\u0309i điều này, tại sao lại điê\u0300u ấy?"))
    assert found.questions[0].question.text.startswith("Vì sao hỏi")
    assert "letters_mixed" in codes(found.guesses)


@pytest.mark.parametrize(
    "parts", [("33,33333", "33,33333", "33,33334"), ("33.33333333333333", "33.333333333333336", 34)]
)
def test_parts_of_the_points_are_read_however_many_decimals_they_have(parts):
    options = "".join(answer(f"câu {place}", part) for place, part in enumerate(parts))
    question = only(element("multichoice", "<single>false</single>" + options + answer("sai", "-100")))
    assert question.key == ("a", "b", "c")


@pytest.mark.parametrize("part", ["một nửa", "1E+2", "50%"])
def test_a_part_of_the_points_that_is_no_number_is_a_fault(part):
    options = answer("đúng", 50) + answer("cũng đúng", part) + answer("sai", 0)
    assert codes(read(element("multichoice", "<single>false</single>" + options)).faults) == ["number_unreadable"]
