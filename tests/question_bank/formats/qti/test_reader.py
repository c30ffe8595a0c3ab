from base64 import b64encode
from hashlib import sha256

import pytest

from question_bank.formats import FORMATS
from question_bank.formats.qti.reader import read_questions
from question_bank.question import Option
from tests.question_bank.formats.qti.packages import (
    MAP,
    MATCH,
    MP3,
    PNG,
    TEMPLATES,
    V22,
    V30,
    fault,
    item,
    manifest,
    only,
    package,
    read,
    resource,
    response,
    zipped,
)

CHOICE = """
<p>Đọc tấm biển ở sân ga.</p>
<p><img src="images/bien.png" alt="KHÔNG RỜI HÀNH LÝ"/></p>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
  <prompt>Biển báo nói gì?</prompt>
  <simpleChoice identifier="ChoiceA">Phải luôn ở cạnh hành lý.</simpleChoice>
  <simpleChoice identifier="ChoiceB">Không được rời hành lý.<feedbackInline outcomeIdentifier="F" identifier="B"
    showHide="show">Đúng rồi.</feedbackInline></simpleChoice>
  <simpleChoice identifier="ChoiceC">Phải gửi hành lý.</simpleChoice>
</choiceInteraction>"""
PICTURE = {"images/bien.png": PNG}


def test_a_package_is_known_by_its_extension():
    assert FORMATS[".zip"].read_questions is read_questions


def test_a_choice_as_published():
    asked, guesses = only(item(response("ChoiceB"), CHOICE), parts=PICTURE)
    digest = sha256(PNG).hexdigest()
    assert asked.kind == "single"
    assert asked.text == f"Đọc tấm biển ở sân ga.\n\n![KHÔNG RỜI HÀNH LÝ](media:{digest})\n\nBiển báo nói gì?"
    assert asked.options == (
        Option("a", "Phải luôn ở cạnh hành lý."),
        Option("b", "Không được rời hành lý."),
        Option("c", "Phải gửi hành lý."),
    )
    assert (asked.key, asked.lock_order, asked.explanation, asked.points) == ("b", True, "Đúng rồi.", 1000)
    assert guesses == set()


def test_what_the_package_holds_comes_along():
    found = read(item(response("ChoiceB"), CHOICE), parts=PICTURE)
    assert found.media == {sha256(PNG).hexdigest(): PNG}


def test_what_is_made_up_is_told():
    found = read(item(response("ChoiceB"), CHOICE, name="CB-1"), parts=PICTURE)
    assert {guess.code for guess in found.guesses} == {"topic_made", "difficulty_made", "source_made"}
    assert [(each.code, each.row) for each in found.questions] == [("CB-1", 1)]


MULTIPLE = """
<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">
  <prompt>Chất nào tạo nên nước?</prompt>
  <simpleChoice identifier="H" fixed="false">Hiđrô</simpleChoice>
  <simpleChoice identifier="He" fixed="false">Heli</simpleChoice>
  <simpleChoice identifier="C" fixed="false">Cacbon</simpleChoice>
  <simpleChoice identifier="O" fixed="{fixed}">Ôxi</simpleChoice>
</choiceInteraction>"""


def several(weights, rule=MAP, most=0, lowest='lowerBound="0"', fixed="false"):
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{weight}"/>' for key, weight in weights.items())
    mapped = f'<mapping {lowest} upperBound="2" defaultValue="0">{entries}</mapping>' if weights else ""
    declared = response("H", "O", cardinality="multiple", mapping=mapped)
    return item(declared, MULTIPLE.format(most=most, fixed=fixed), rule)


RULE_BY_HAND = """<responseProcessing><responseCondition><responseIf>
  <match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
  <setOutcomeValue identifier="SCORE"><baseValue baseType="float">{points}</baseValue></setOutcomeValue>
</responseIf><responseElse>
  <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
</responseElse></responseCondition></responseProcessing>"""
MAPPED_BY_HAND = """<responseProcessing><responseCondition>
  <responseIf><isNull><variable identifier="RESPONSE"/></isNull>
    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0.0</baseValue></setOutcomeValue></responseIf>
  <responseElse><setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue></responseElse>
</responseCondition></responseProcessing>"""
TURNED_ROUND = RULE_BY_HAND.replace("<match>", "<not><match>").replace("</match>", "</match></not>")
NOTHING = ""


@pytest.mark.parametrize(
    ("found", "scoring", "points", "guesses"),
    [
        (several({}, RULE_BY_HAND.format(points=2)), None, 2000, set()),
        (several({"H": 1, "O": 1}, most=2), "partial", 2000, set()),
        (several({"H": 1, "O": 1}, most=0), "partial", 2000, {"weights_changed"}),
        (several({"H": 0.5, "O": 0.5, "He": -0.5, "C": -0.5}), "penalty", 1000, set()),
        (several({"H": 0.5, "O": 0.5, "He": -0.5, "C": -0.5}, lowest=""), "penalty", 1000, {"weights_changed"}),
        (several({"H": 1, "O": 1, "He": -2}), "penalty", 2000, {"weights_changed"}),
        (several({"H": 1, "O": 0.5}, most=2), "partial", 1500, {"weights_changed"}),
        (several({"H": 1, "O": 1}, MAPPED_BY_HAND, most=2), "partial", 2000, set()),
        (several({"H": 1, "O": 1, "He": -2, "C": -2}), None, 2000, {"weights_changed"}),
        (several({}, TURNED_ROUND.format(points=1)), None, 1000, {"rule_unknown"}),
        (several({}, NOTHING), None, 1000, {"rule_unknown"}),
        (several({}, '<responseProcessing template="http://example.org/my_rule"/>'), None, 1000, {"rule_unknown"}),
        (several({}, fixed="true", rule=RULE_BY_HAND.format(points=1)), None, 1000, {"order_locked"}),
    ],
)
def test_rules_of_scoring_are_those_of_ours_that_earn_the_same(found, scoring, points, guesses):
    asked, told = only(found)
    assert (asked.kind, asked.key) == ("multiple", ("a", "d"))
    assert (dict(asked.settings).get("scoring"), asked.points) == (scoring, points)
    assert told == guesses


@pytest.mark.parametrize("template", [f"{TEMPLATES}match_correct", f"{TEMPLATES}match_correct.xml", "CC2_match"])
def test_a_named_rule_is_known_by_its_address(template):
    _, told = only(several({}, f'<responseProcessing template="{template}"/>'))
    assert told == set()


def test_the_most_points_are_those_that_the_item_declares():
    declared = response("true") + (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>2.5</value></defaultValue></outcomeDeclaration>"
    )
    asked, _ = only(item(declared, TRUE_FALSE))
    assert asked.points == 2500


TRUE_FALSE = """<p>Trái Đất quay quanh Mặt Trời.</p>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
  <simpleChoice identifier="true">{0}</simpleChoice><simpleChoice identifier="false">{1}</simpleChoice>
</choiceInteraction>"""


@pytest.mark.parametrize("words", [("Đúng", "Sai"), ("True", "False"), ("Có", "Không")])
@pytest.mark.parametrize(("right", "key"), [("true", True), ("false", False)])
def test_two_choices_that_are_true_and_false_judge_a_statement(words, right, key):
    asked, told = only(item(response(right), TRUE_FALSE.format(*words)))
    assert (asked.kind, asked.key, asked.options) == ("true_false", key, ())
    assert told == set()


MATCHING = """<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="4">
  <prompt>Ghép tác phẩm với tác giả.</prompt>
  <simpleMatchSet>
    <simpleAssociableChoice identifier="K" matchMax="1">Truyện Kiều</simpleAssociableChoice>
    <simpleAssociableChoice identifier="L" matchMax="1">Lão Hạc</simpleAssociableChoice>
  </simpleMatchSet>
  <simpleMatchSet>
    <simpleAssociableChoice identifier="ND" matchMax="4">{0}</simpleAssociableChoice>
    <simpleAssociableChoice identifier="NC" matchMax="4">{1}</simpleAssociableChoice>
  </simpleMatchSet>
</matchInteraction>"""


def pairs(*correct, **weights):
    entries = "".join(
        f'<mapEntry mapKey="{key.replace("_", " ")}" mappedValue="{weight}"/>' for key, weight in weights.items()
    )
    mapped = f'<mapping defaultValue="0">{entries}</mapping>' if weights else ""
    return response(*correct, cardinality="multiple", base="directedPair", mapping=mapped)


@pytest.mark.parametrize(
    ("declared", "rule", "scoring", "guesses"),
    [
        (
            pairs("K ND", "L NC"),
            MATCH_RULE := f'<responseProcessing template="{TEMPLATES}match_correct"/>',
            None,
            set(),
        ),
        (pairs("K ND", "L NC", K_ND=1, L_NC=1), MAP, "parts", set()),
        (pairs("L  NC", "K ND", K_ND=1, L_NC=0.5), MAP, "parts", {"weights_changed"}),
        (pairs(K_ND=1, L_NC=1, K_NC=-1), MAP, "parts", {"weights_changed"}),
    ],
)
def test_pairs(declared, rule, scoring, guesses):
    asked, told = only(item(declared, MATCHING.format("Nguyễn Du", "Nam Cao"), rule))
    assert (asked.kind, asked.items, asked.key) == ("matching", ("Truyện Kiều", "Lão Hạc"), ("a", "b"))
    assert [option.text for option in asked.options] == ["Nguyễn Du", "Nam Cao"]
    assert (dict(asked.settings).get("scoring"), told) == (scoring, guesses)


def test_pairs_with_true_and_false_are_statements():
    asked, told = only(item(pairs("K NC", "L ND", K_NC=1, L_ND=1), MATCHING.format("Đúng", "Sai"), MAP))
    assert (asked.kind, asked.key) == ("statements", (False, True))
    assert [option.text for option in asked.options] == ["Truyện Kiều", "Lão Hạc"]
    assert (asked.lock_order, dict(asked.settings), told) == (False, {"scoring": "parts"}, set())


@pytest.mark.parametrize("correct", [("K ND", "K NC"), ("K X",), ("X ND",), ("K",), ("K ND NC",)])
def test_pairs_that_are_not_clear_are_told(correct):
    assert fault(item(pairs(*correct), MATCHING.format("A", "B"))) == "qti_pairs"


ORDER = """<orderInteraction responseIdentifier="RESPONSE" shuffle="true">
  <prompt>Ai về đích trước?</prompt>
  <simpleChoice identifier="A">An</simpleChoice>
  <simpleChoice identifier="B">Bình</simpleChoice>
  <simpleChoice identifier="C">Cúc</simpleChoice>
</orderInteraction>"""


def test_an_order_as_published():
    asked, told = only(item(response("C", "A", "B", cardinality="ordered"), ORDER))
    assert (asked.kind, asked.text, asked.key, told) == ("ordering", "Ai về đích trước?", ("c", "a", "b"), set())


LINE = '<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>'
EQUAL = """<responseProcessing><responseCondition><responseIf>
  <equal toleranceMode="{mode}" tolerance="{size}"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>
  <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
</responseIf></responseCondition></responseProcessing>"""


def words(*accepted, case="false", weight=1):
    entries = "".join(f'<mapEntry mapKey="{text}" mappedValue="{weight}" caseSensitive="{case}"/>' for text in accepted)
    return response(accepted[0], base="string", mapping=f'<mapping defaultValue="0">{entries}</mapping>')


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Nước nào?</p><p>{LINE}</p>",
        f"<div><p>Nước nào?</p>{LINE}</div>",
        f"<p>Nước nào?<br/><span>{LINE}</span></p>",
    ],
)
def test_one_line_to_type_in_that_stands_alone_is_a_short_answer(body):
    asked, told = only(item(words("Lào", "CHDCND Lào"), body, MAP))
    assert (asked.kind, asked.text, asked.key) == ("short_text", "Nước nào?", ("Lào", "CHDCND Lào"))
    assert (dict(asked.settings), told) == ({}, set())


def test_capital_letters_count_where_the_item_says_so():
    assert dict(only(item(words("Lào", case="true"), f"<p>?</p><p>{LINE}</p>", MAP))[0].settings) == {"case": True}


def test_one_line_to_type_in_inside_a_text_is_a_gap():
    asked, told = only(item(words("York"), f"<blockquote><p>Mặt trời của <b>{LINE}</b> này;</p></blockquote>", MAP))
    assert (asked.kind, asked.key) == ("gap_fill", ((("York",), ()),))
    assert "[[1]]" in asked.text
    assert told == set()


@pytest.mark.parametrize(
    ("body", "mode", "size", "text", "settings"),
    [
        (f"<p>Dài?</p><p>{LINE}</p>", "exact", "", "Dài?", {}),
        (f"<p>Dài?</p><p>{LINE} km</p>", "absolute", "0.5 0.5", "Dài?", {"tolerance": "0,5", "unit": "km"}),
        (f"<p>Dài?</p><p>{LINE}</p>", "relative", "2 2", "Dài?", {"tolerance": "2%"}),
        (f"<p>Dài {LINE} km, tính từ cầu.</p>", "absolute", "1", "Dài _____ km, tính từ cầu.", {"tolerance": "1"}),
    ],
)
def test_numbers_have_a_tolerance_and_a_unit(body, mode, size, text, settings):
    asked, told = only(item(response("3.50", base="float"), body, EQUAL.format(mode=mode, size=size)))
    assert (asked.kind, asked.text, asked.key, dict(asked.settings)) == ("number", text, "3,5", settings)
    assert told == set()


def test_a_lopsided_tolerance_is_the_same_range():
    body = f"<p>?</p><p>{LINE}</p>"
    asked, _ = only(item(response("3", base="float"), body, EQUAL.format(mode="absolute", size="1 2")))
    assert (asked.key, dict(asked.settings)) == ("3,5", {"tolerance": "1,5"})


INLINE = """<p>Thủ đô là <inlineChoiceInteraction responseIdentifier="R1" shuffle="false">
  <inlineChoice identifier="H">Huế</inlineChoice><inlineChoice identifier="N">Hà Nội</inlineChoice>
</inlineChoiceInteraction>, bên sông <textEntryInteraction responseIdentifier="R2"/>.</p>"""
SUM = """<responseProcessing><setOutcomeValue identifier="SCORE">
  <sum><mapResponse identifier="R1"/><mapResponse identifier="R2"/></sum></setOutcomeValue></responseProcessing>"""
R1 = response("N", name="R1", mapping='<mapping defaultValue="0"><mapEntry mapKey="N" mappedValue="1"/></mapping>')
R2 = response(
    "Hồng",
    name="R2",
    base="string",
    mapping='<mapping defaultValue="0"><mapEntry mapKey="Hồng" mappedValue="1" caseSensitive="false"/></mapping>',
)


def test_gaps_to_choose_and_to_type():
    asked, told = only(item(R1 + R2, INLINE, SUM))
    assert (asked.kind, asked.text) == ("gap_fill", "Thủ đô là [[1]], bên sông [[2]].")
    assert asked.key == ((("Hà Nội",), ("Huế",)), (("Hồng",), ()))
    assert (dict(asked.settings), asked.points, told) == ({"scoring": "parts"}, 2000, set())


def test_texts_put_into_gaps():
    body = """<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false">
      <prompt>Điền vào câu thơ.</prompt>
      <gapText identifier="W" matchMax="1">đông</gapText><gapText identifier="S" matchMax="1">hạ</gapText>
      <gapText identifier="A" matchMax="1">thu</gapText>
      <blockquote><p>Mùa <gap identifier="G1"/> rồi đến mùa <gap identifier="G2"/>.</p></blockquote>
    </gapMatchInteraction>"""
    asked, told = only(item(response("S G1", "A G2", cardinality="multiple", base="directedPair"), body))
    assert asked.kind == "gap_fill"
    assert asked.text.split() == ["Điền", "vào", "câu", "thơ.", ">", "Mùa", "[[1]]", "rồi", "đến", "mùa", "[[2]]."]
    assert asked.key == ((("hạ",), ("đông", "thu")), (("thu",), ("đông", "hạ")))
    assert told == set()


def test_a_long_text_is_an_essay_with_a_guide_for_its_judges():
    body = """<p>Kể về quê em.</p><extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="10"/>
      <rubricBlock view="scorer tutor"><p>Mở bài: 2 điểm</p><p>Thân bài * 2</p></rubricBlock>"""
    asked, told = only(item(response(base="string"), body, NOTHING))
    assert (asked.kind, asked.text, asked.key) == ("essay", "Kể về quê em.", None)
    assert (dict(asked.settings), told) == ({"guide": "Mở bài: 2 điểm\nThân bài * 2"}, set())


def test_notes_beside_a_question_are_told():
    _, told = only(item(response("true"), '<rubricBlock view="candidate"><p>X</p></rubricBlock>' + TRUE_FALSE))
    assert told == {"rubric_dropped"}


def test_what_is_said_after_answering_is_the_explanation():
    after = (
        '<modalFeedback outcomeIdentifier="F" identifier="a" showHide="show"><p>Đúng.</p></modalFeedback>'
        '<modalFeedback outcomeIdentifier="F" identifier="b" showHide="show">Chưa.</modalFeedback>'
    )
    asked, told = only(item(response("true"), TRUE_FALSE, after=after))
    assert (asked.explanation, told) == ("Đúng.\nChưa.", {"feedback_joined"})


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>A &amp; <b>B</b> <em>C</em> H<sub>2</sub>O</p>", "A & **B** *C* H~2~O"),
        ("<p>2*3*4 (*)</p>", "2*3*4 (*)"),
        ("<p>*x*</p>", r"\*x\*"),
        ("<ul><li>một</li><li>hai</li></ul>", "- một\n- hai"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "| a | b |\n|---|---|"),
        ("Chữ trần", "Chữ trần"),
        ('<p><math xmlns="http://www.w3.org/1998/Math/MathML"><msqrt><mi>x</mi></msqrt></math></p>', r"$\sqrt{x}$"),
    ],
)
def test_texts_are_read_with_our_marks(inside, text):
    asked, told = only(item(response("true"), inside + TRUE_FALSE))
    assert asked.text.replace(" ", "").startswith(text.replace(" ", ""))
    assert told == set()


def test_a_formula_that_is_not_simple_is_told():
    inside = "<p><math><mtable><mtr><mtd><mn>5</mn></mtd></mtr></mtable></math></p>"
    asked, told = only(item(response("true"), inside + TRUE_FALSE))
    assert asked.text.startswith("5")
    assert told == {"formula_dropped"}


@pytest.mark.parametrize(
    "inside",
    [
        '<p><object data="nghe.mp3" type="audio/mpeg">Bài nghe</object></p>',
        '<p><audio src="./nghe.mp3" title="Bài nghe"></audio></p>',
        '<p><audio title="Bài nghe"><source src="nghe.mp3" type="audio/mpeg"/></audio></p>',
        (
            '<mediaInteraction responseIdentifier="X" autostart="false"><object data="nghe.mp3" type="audio/mpeg">Bài nghe'
            "</object></mediaInteraction>"
        ),
    ],
)
def test_sounds_come_along(inside):
    asked, told = only(item(response("true"), inside + TRUE_FALSE), parts={"nghe.mp3": MP3})
    assert asked.text.startswith(f"![Bài nghe](media:{sha256(MP3).hexdigest()})")
    assert told == set()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("hình.png", "hình.png"),
        ("h%C3%ACnh%201.png", "hình 1.png"),
        ("media\\a.png", "media/a.png"),
        ("A.PNG", "a.png"),
        ("hình.png", "hi\u0300nh.png"),
        (f"data:image/png;base64,{b64encode(PNG).decode()}", "khác.png"),
    ],
)
def test_names_are_found_however_systems_write_them(address, named):
    picture = f'<p><img src="{address}" alt="h"/></p>'
    _, told = only(item(response("true"), picture + TRUE_FALSE), parts={named: PNG})
    assert told == set()


@pytest.mark.parametrize(
    "address",
    [
        "none.png",
        "http://example.org/a.png",
        "../../etc/a.png",
        "/a.png",
        "file:///a.png",
        "data:image/png;base64,@",
        "",
    ],
)
def test_a_picture_that_is_not_there_is_told_and_never_fetched(address):
    picture = f'<p><img src="{address}" alt="biển báo"/></p>'
    asked, told = only(item(response("true"), picture + TRUE_FALSE), parts={"a.png": PNG})
    assert "[biển báo]" in asked.text
    assert told == {"medium_missing"}


def test_a_picture_without_a_description_is_called_by_its_file():
    asked, told = only(item(response("true"), '<p><img src="a.png" alt=""/></p>' + TRUE_FALSE), parts={"a.png": PNG})
    assert asked.text.startswith("![a.png](media:")
    assert told == {"medium_named"}


TAO = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" xmlns:m="http://www.w3.org/1998/Math/MathML"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:html5="http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0"
 identifier="i15e8f0ab" title="Item 1" label="Item 1" xml:lang="vi" adaptive="false" timeDependent="false" toolName="TAO"
 toolVersion="3.4.0"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
 <correctResponse><value><![CDATA[choice_2]]></value></correctResponse></responseDeclaration>
 <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="1"/>
 <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>1</value></defaultValue>
 </outcomeDeclaration><itemBody><div class="grid-row"><div class="col-12"><p>Đọc kỹ câu sau.</p></div></div>
 <div class="grid-row"><div class="col-12"><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"
 minChoices="0" orientation="vertical"><prompt><strong>Nghĩa</strong> nào đúng?</prompt>
 <simpleChoice identifier="choice_1" fixed="false" showHide="show"><p>Một</p></simpleChoice>
 <simpleChoice identifier="choice_2" fixed="false" showHide="show"><div><span>Hai</span></div></simpleChoice>
 </choiceInteraction></div></div></itemBody>
 <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"""


def test_frames_around_texts_are_left_out():
    asked, told = only(TAO)
    assert asked.text.split() == ["Đọc", "kỹ", "câu", "sau.", "**Nghĩa**", "nào", "đúng?"]
    assert ([option.text for option in asked.options], asked.key) == (["Một", "Hai"], "b")
    assert told == set()


LOM = """<metadata><imsmd:lom xmlns:imsmd="{0}"><imsmd:general><imsmd:identifier><imsmd:entry>CB-7</imsmd:entry>
</imsmd:identifier><imsmd:keyword><imsmd:{1}>nước</imsmd:{1}></imsmd:keyword><imsmd:keyword><imsmd:{1}>hóa học</imsmd:{1}>
</imsmd:keyword></imsmd:general><imsmd:educational><imsmd:difficulty><imsmd:source>LOMv1.0</imsmd:source>
<imsmd:value>{2}</imsmd:value></imsmd:difficulty></imsmd:educational><imsmd:classification><imsmd:{3}><imsmd:taxon>
<imsmd:entry><imsmd:{1}>Hóa học</imsmd:{1}></imsmd:entry></imsmd:taxon><imsmd:taxon><imsmd:entry><imsmd:{1}>Nước</imsmd:{1}>
</imsmd:entry></imsmd:taxon></imsmd:{3}></imsmd:classification></imsmd:lom></metadata>"""


@pytest.mark.parametrize(
    "metadata",
    [
        LOM.format("http://ltsc.ieee.org/xsd/LOM", "string", "very difficult", "taxonPath"),
        LOM.format("http://www.imsglobal.org/xsd/imsmd_v1p2", "langstring", "5", "taxonpath"),
    ],
)
def test_metadata_of_either_edition_is_read(metadata):
    found = read(item(response("true"), TRUE_FALSE), metadata=metadata)
    (parsed,) = found.questions
    assert (parsed.code, parsed.question.topic, parsed.question.difficulty) == ("CB-7", "Hóa học / Nước", 5)
    assert parsed.question.tags == ("nước", "hóa học")
    assert {guess.code for guess in found.guesses} == {"source_made"}


def test_codes_that_repeat_or_are_missing_are_made():
    found = read(*(item(response("true"), f"<p>{text}</p>" + TRUE_FALSE, name="cau") for text in "ab"))
    assert [each.code[:6] for each in found.questions] == ["cau", "N-002-"]
    assert "code_made" in {guess.code for guess in found.guesses}


def test_letters_of_two_forms_are_told_and_made_one():
    asked, told = only(item(response("true"), "<p>Ho\u0300a b\u00ecnh</p>" + TRUE_FALSE))
    assert asked.text.startswith("H\u00f2a b\u00ecnh")
    assert told == {"letters_mixed"}


def test_version_2_2_is_read_by_its_names():
    asked, told = only(item(response("ChoiceB"), CHOICE, namespace=V22), parts=PICTURE)
    assert (asked.kind, asked.key, told) == ("single", "b", set())


V3 = f"""<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="{V30}" identifier="nuoc" title="Nước" time-dependent="false" xml:lang="vi">
<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
  <qti-correct-response><qti-value>H</qti-value><qti-value>O</qti-value></qti-correct-response>
  <qti-mapping lower-bound="0" upper-bound="2" default-value="-1">
    <qti-map-entry map-key="H" mapped-value="1"/><qti-map-entry map-key="O" mapped-value="1"/></qti-mapping>
</qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="2"/>
<qti-assessment-stimulus-ref identifier="S" href="doan.xml"/>
<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="0">
  <qti-prompt><p>Chất nào tạo nên <strong>nước</strong>?</p></qti-prompt>
  <qti-simple-choice identifier="H">Hiđrô</qti-simple-choice>
  <qti-simple-choice identifier="He">Heli</qti-simple-choice>
  <qti-simple-choice identifier="O">Ôxi</qti-simple-choice>
</qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
<qti-modal-feedback outcome-identifier="F" identifier="x" show-hide="show">
  <qti-content-body><p>Nước là H<sub>2</sub>O.</p></qti-content-body></qti-modal-feedback>
</qti-assessment-item>"""
STIMULUS = f"""<qti-assessment-stimulus xmlns="{V30}" identifier="S" title="Đoạn"><qti-stimulus-body>
<p>Nước bao phủ Trái Đất.</p></qti-stimulus-body></qti-assessment-stimulus>"""


def test_version_3_is_read_by_its_names():
    listed = manifest(resource("v3/cau.xml", sort="imsqti_item_xmlv3p0"))
    found = read_questions(zipped({"imsmanifest.xml": listed, "v3/cau.xml": V3, "v3/doan.xml": STIMULUS}))
    assert found.faults == ()
    (parsed,) = found.questions
    asked = parsed.question
    assert (asked.kind, asked.key, asked.points, asked.lock_order) == ("multiple", ("a", "c"), 2000, False)
    assert asked.text == "Nước bao phủ Trái Đất.\n\nChất nào tạo nên **nước**?"
    assert asked.explanation == "Nước là H~2~O."
    assert dict(asked.settings) == {"scoring": "penalty"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>', "qti_interaction"),
        ('<p><hottextInteraction responseIdentifier="RESPONSE"/></p>', "qti_interaction"),
        (TRUE_FALSE + ORDER, "qti_several"),
        (
            TRUE_FALSE.replace("<simpleChoice", "<simpleChoice identifier='x'>x</simpleChoice><simpleChoice" * 6),
            "qti_broken",
        ),
        ("<p>&nbsp;</p>" + TRUE_FALSE, "qti_broken"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(body, code):
    assert fault(item(response("true"), body)) == code


def test_more_options_than_a_paper_shows_are_refused():
    choices = "".join(f'<simpleChoice identifier="C{i}">{i}</simpleChoice>' for i in range(11))
    body = (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">{choices}</choiceInteraction>'
    )
    assert fault(item(response("C1"), body)) == "options_many"


def test_an_item_whose_values_are_made_is_refused():
    declared = response("true") + '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/>'
    assert fault(item(declared, TRUE_FALSE)) == "qti_template"


def test_an_item_without_a_key_is_a_fault_of_its_own():
    assert fault(item(response(), CHOICE), parts=PICTURE) == "key_missing"


def test_a_text_without_anything_to_answer_is_passed_over():
    found = read(item("", "<p>Đọc đoạn văn sau.</p>", ""), item(response("true"), TRUE_FALSE))
    assert (len(found.questions), found.faults) == (1, ())
    assert "qti_passage" in {guess.code for guess in found.guesses}


def test_good_questions_stay_good_beside_a_broken_one():
    found = read(item(response("true"), TRUE_FALSE), "<assessmentItem>", "<html/>")
    assert [(each.cell, each.code, each.row) for each in found.faults] == [
        ("2.xml", "qti_broken", 2),
        ("3.xml", "qti_not_item", 3),
    ]
    assert [each.row for each in found.good] == [1]


def test_a_test_in_the_package_is_told():
    listed = manifest(resource("1.xml"), resource("de.xml", sort="imsqti_test_xmlv2p1"))
    found = read_questions(
        zipped({"imsmanifest.xml": listed, "1.xml": item(response("true"), TRUE_FALSE), "de.xml": "<x/>"})
    )
    assert "qti_test" in {guess.code for guess in found.guesses}


def test_a_package_without_questions_says_so():
    assert [each.code for each in read_questions(package()).faults] == ["no_questions"]


def _rule(value, points="1", other="0"):
    """Return a rule that compares with a value of its own."""
    score = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{}</baseValue></setOutcomeValue>'
    return (
        '<responseProcessing><responseCondition><responseIf><match><variable identifier="RESPONSE"/>'
        f'<baseValue baseType="identifier">{value}</baseValue></match>{score.format(points)}</responseIf>'
        f"<responseElse>{score.format(other)}</responseElse></responseCondition></responseProcessing>"
    )


def _choice(key, rule=MATCH, cardinality="single"):
    options = "".join(f'<simpleChoice identifier="{name}">{name * 2}</simpleChoice>' for name in "ABC")
    asked = f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>Gì?</prompt>{options}'
    return item(response(*key, cardinality=cardinality), f"{asked}</choiceInteraction>", rule)


def test_a_key_and_a_rule_that_contradict_each_other_are_refused():
    assert fault(_choice("B", _rule("A"))) == "qti_key_other"


def test_a_key_and_a_rule_that_agree_are_one_key():
    assert [only(_choice(key, _rule("B")))[0].key for key in ("B", "")] == ["b", "b"]


def test_points_for_everything_but_the_key_are_no_usual_rule():
    assert only(_choice("B", _rule("B", "0", "1")))[1] == {"rule_unknown"}


def test_a_key_that_is_partly_no_choice_is_refused():
    assert fault(_choice("AZ", cardinality="multiple")) == "key_unknown"
