"""Questions built as those that 1EdTech publishes with QTI 2.1 and 2.2, by the names of their files, with other words.

Each has the elements, attributes, declarations and rules of the one it is called after.
"""

from tests.question_bank.formats.qti.packages import MAP, MATCH, TEMPLATES, item, mapping, response

NO_RULE = ""
POINTS = f'<responseProcessing template="{TEMPLATES}map_response_point"/>'
FEEDBACK = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'


def scored(condition, points, name="SCORE"):
    """Return a branch of a rule."""
    return f'{condition}<setOutcomeValue identifier="{name}"><baseValue baseType="float">{points}</baseValue></setOutcomeValue>'


def is_right(name="RESPONSE"):
    """Return the condition that a response is the key."""
    return f'<match><variable identifier="{name}"/><correct identifier="{name}"/></match>'


def choices(*texts, attributes='shuffle="true" maxChoices="1"', prompt="Chọn?", name="RESPONSE", own=()):
    """Return a choice interaction; `own` are the attributes of single choices."""
    extra = dict(own)
    inside = "".join(
        f'<simpleChoice identifier="Choice{chr(65 + place)}" {extra.get(place, "")}>{text}</simpleChoice>'
        for place, text in enumerate(texts)
    )
    return (
        f'<choiceInteraction responseIdentifier="{name}" {attributes}><prompt>{prompt}</prompt>{inside}'
        "</choiceInteraction>"
    )


def matched(left, right, attributes='shuffle="true" maxAssociations="4"'):
    """Return a match interaction of identifiers with their texts."""
    sets = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{name}" matchMax="{most}">{text}</simpleAssociableChoice>'
            for name, text in texts.items()
        )
        + "</simpleMatchSet>"
        for texts, most in ((left, 1), (right, 4))
    )
    return (
        f'<matchInteraction responseIdentifier="RESPONSE" {attributes}><prompt>Ghép?</prompt>{sets}</matchInteraction>'
    )


SONGS = {"T": "Then", "S": "Sli", "L": "Lượn", "P": "Phong slư"}
PEOPLE = {"A": "Người Tày", "B": "Người Nùng", "C": "Người Dao"}
PAIRS = ("T A", "S B", "L A", "P B")
PICTURE = '<object type="image/png" data="images/ban-do.png" width="206" height="280">Bản đồ</object>'
CHOCOLATE = '<mapping lowerBound="0" upperBound="10" defaultValue="-2">{}</mapping>'.format(
    "".join(f'<mapEntry mapKey="Choice{letter}" mappedValue="2"/>' for letter in "ABCDE")
)
PARTLY = (
    "<responseProcessing><responseCondition><responseIf>"
    + scored(is_right(), 2)
    + "</responseIf><responseElseIf>"
    + scored(
        '<match><variable identifier="RESPONSE"/><ordered><baseValue baseType="identifier">ChoiceC</baseValue>'
        '<baseValue baseType="identifier">ChoiceB</baseValue><baseValue baseType="identifier">ChoiceA</baseValue>'
        "</ordered></match>",
        1,
    )
    + "</responseElseIf><responseElse>"
    + scored("", 0)
    + "</responseElse></responseCondition></responseProcessing>"
)
WITH_FEEDBACK = (
    "<responseProcessing><responseCondition><responseIf>"
    + scored(is_right(), 1)
    + "</responseIf><responseElse>"
    + scored("", 0)
    + '</responseElse></responseCondition><setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/>'
    "</setOutcomeValue></responseProcessing>"
)
GAP_TEXTS = "".join(
    f'<gapText identifier="{name}" matchMax="1">{text}</gapText>'
    for name, text in {"W": "mùa đông", "Su": "mùa hè", "Sp": "mùa xuân", "A": "mùa thu"}.items()
)
INLINE = (
    '<inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="false">'
    '<inlineChoice identifier="G">Cao Bằng</inlineChoice><inlineChoice identifier="L">Lạng Sơn</inlineChoice>'
    '<inlineChoice identifier="Y">Bắc Giang</inlineChoice></inlineChoiceInteraction>'
)
SPOTS = "".join(f'<hotspotChoice shape="circle" coords="77,115,8" identifier="{letter}"/>' for letter in "ABCD")


def spotted(element, inside=SPOTS, attributes='maxChoices="1"'):
    """Return an interaction with a picture."""
    return f'<{element} responseIdentifier="RESPONSE" {attributes}><prompt>Ở đâu?</prompt>{PICTURE}{inside}</{element}>'


TAKEN = {
    "choice": item(response("ChoiceA"), "<p>Đọc biển.</p>" + choices("Có", "Không", "Cả hai")),
    "choice_fixed": item(response("ChoiceB"), choices("Một", "Hai", "Không câu nào", own=[(2, 'fixed="true"')]), MATCH),
    "choice_multiple": item(
        response("ChoiceA", "ChoiceC", cardinality="multiple", mapping=mapping(ChoiceA=1, ChoiceC=1, ChoiceD=-2)),
        choices("Hồi", "Sắt", "Na", "Muối", attributes='shuffle="true" maxChoices="0"'),
        MAP,
    ),
    "choice_multiple_chocolade": item(
        response(*(f"Choice{letter}" for letter in "ABCDE"), cardinality="multiple", mapping=CHOCOLATE),
        choices("Na", "Hồi", "Lê", "Đào", "Mận", "Cát", "Đá", attributes='shuffle="true" maxChoices="5"'),
        MAP,
    ),
    "choice_true_false": item(response("ChoiceB"), choices("True ", "False ", prompt="Biển báo màu đỏ?")),
    "order": item(
        response("ChoiceC", "ChoiceA", "ChoiceB", cardinality="ordered"),
        choices("Hai", "Ba", "Một", own=[(2, 'fixed="true"')])
        .replace("choiceInteraction", "orderInteraction")
        .replace(' maxChoices="1"', ""),
    ),
    "order_partial_scoring": item(
        response("ChoiceC", "ChoiceA", "ChoiceB", cardinality="ordered"),
        choices("Hai", "Ba", "Một").replace("choiceInteraction", "orderInteraction").replace(' maxChoices="1"', ""),
        PARTLY,
    ),
    "match": item(
        response(
            *PAIRS,
            cardinality="multiple",
            base="directedPair",
            mapping=mapping().replace(
                "</mapping>",
                "".join(f'<mapEntry mapKey="{pair}" mappedValue="1"/>' for pair in PAIRS) + "</mapping>",
            ),
        ),
        matched(SONGS, PEOPLE),
        MAP,
    ),
    "gap_match": item(
        response(
            "W G1",
            "Su G2",
            cardinality="multiple",
            base="directedPair",
            mapping=mapping().replace(
                "</mapping>",
                '<mapEntry mapKey="W G1" mappedValue="1"/><mapEntry mapKey="Su G2" mappedValue="2"/></mapping>',
            ),
        ),
        f'<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><prompt>Điền.</prompt>{GAP_TEXTS}'
        '<blockquote><p>Nay là <gap identifier="G1"/> buồn<br/>thành <gap identifier="G2"/> vui.</p></blockquote>'
        "</gapMatchInteraction>",
        MAP,
    ),
    "inline_choice": item(
        response("L"), f"<p>Điền vào chỗ trống.</p><blockquote><p>Ải Chi Lăng ở {INLINE} ấy.</p></blockquote>"
    ),
    "text_entry": item(
        response(
            "Kỳ Cùng",
            base="string",
            mapping='<mapping defaultValue="0"><mapEntry mapKey="Kỳ Cùng" mappedValue="1"/>'
            '<mapEntry mapKey="Kì Cùng" mappedValue="0.5"/></mapping>',
        ),
        '<p>Điền.</p><blockquote><p>Sông <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/> chảy'
        " ngược.</p></blockquote>",
        MAP,
    ),
    "extended_text": item(
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>',
        "<p>Đọc bưu thiếp.</p><blockquote>Viết cho Mai</blockquote>"
        '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="200"><prompt>Viết 25 đến 35 chữ.</prompt>'
        "</extendedTextInteraction>",
        NO_RULE,
    ),
    "extended_text_rubric": item(
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>',
        '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="7"><prompt>Viết thư.</prompt>'
        '</extendedTextInteraction><rubricBlock view="scorer"><p>2 điểm: đủ ý.</p></rubricBlock>',
        NO_RULE,
    ),
    "modalFeedback": item(
        response("ChoiceA") + FEEDBACK,
        choices("Lê Lợi", "Trần Hưng Đạo"),
        WITH_FEEDBACK,
        after='<modalFeedback outcomeIdentifier="FEEDBACK" identifier="ChoiceA" showHide="show">Đúng.</modalFeedback>',
    ),
    "feedbackInline": item(
        response("ChoiceA") + FEEDBACK,
        choices(
            'Lê Lợi<feedbackInline outcomeIdentifier="FEEDBACK" identifier="ChoiceA" showHide="show">Đúng.</feedbackInline>',
            'Trần Hưng Đạo<feedbackInline outcomeIdentifier="FEEDBACK" identifier="ChoiceB" showHide="show">Chưa đúng.'
            "</feedbackInline>",
        ),
        WITH_FEEDBACK,
    ),
    "feedbackBlock-solution": item(
        response("ChoiceA") + '<outcomeDeclaration identifier="SOLUTION" cardinality="single" baseType="identifier"/>',
        choices("Lê Lợi", "Trần Hưng Đạo")
        + '<feedbackBlock outcomeIdentifier="SOLUTION" identifier="show" showHide="show"><p>Trận Chi Lăng năm 1427.</p>'
        "</feedbackBlock>",
    ),
    "hint": item(
        response("Hà Nội", base="string")
        + '<responseDeclaration identifier="HINT" cardinality="single" baseType="boolean"/>',
        '<p>Thủ đô là <textEntryInteraction responseIdentifier="RESPONSE"/> nhé.</p>'
        '<p><endAttemptInteraction responseIdentifier="HINT" title="Gợi ý"/></p>',
    ),
    "adaptive": item(
        response("ChoiceB") + '<responseDeclaration identifier="DOOR" cardinality="single" baseType="boolean"/>',
        choices("Cửa 1", "Cửa 2") + '<p><endAttemptInteraction responseIdentifier="DOOR" title="Mở cửa"/></p>',
        NO_RULE,
    ).replace('adaptive="false"', 'adaptive="true"'),
    "choice_tao": item(
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse>'
        "<value><![CDATA[ChoiceB]]></value></correctResponse></responseDeclaration>"
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>1</value>'
        "</defaultValue></outcomeDeclaration>"
        '<stylesheet href="style/custom/tao-user-styles.css" title="" type="text/css" media="all"/>',
        '<div class="grid-row"><div class="col-12"><p>Đọc biển.</p></div></div><div class="grid-row"><div class="col-12">'
        + choices("Có", "Không", "Cả hai", own=[(place, 'fixed="false" showHide="show"') for place in range(3)])
        + "</div></div>",
        attributes='label="" xml:lang="vi" toolName="TAO" toolVersion="3.1.0"',
    ),
}

REFUSED = {
    "associate": (
        item(
            response("A P", "C M", "D L", cardinality="multiple", base="pair"),
            '<associateInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="3"><prompt>Ai đối đầu?'
            "</prompt>"
            + "".join(
                f'<simpleAssociableChoice identifier="{letter}" matchMax="1">Ông {letter}</simpleAssociableChoice>'
                for letter in "ACDLMP"
            )
            + "</associateInteraction>",
            MAP,
        ),
        "qti_interaction",
    ),
    "hottext": (
        item(
            response("B"),
            '<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Chữ nào sai?</prompt><p>Câu có '
            '<hottext identifier="A">một</hottext> lỗi <hottext identifier="B">chín tả</hottext>.</p></hottextInteraction>',
        ),
        "qti_interaction",
    ),
    "hotspot": (item(response("A"), spotted("hotspotInteraction")), "qti_interaction"),
    "select_point": (
        item(response("102 113", base="point"), spotted("selectPointInteraction", ""), POINTS),
        "qti_interaction",
    ),
    "graphic_order": (
        item(response("A", "D", "C", "B", cardinality="ordered"), spotted("graphicOrderInteraction", attributes="")),
        "qti_interaction",
    ),
    "graphic_associate": (
        item(
            response("A B", "C D", cardinality="multiple", base="pair"),
            spotted("graphicAssociateInteraction", SPOTS.replace("hotspotChoice", "associableHotspot"), ""),
        ),
        "qti_interaction",
    ),
    "graphic_gap_match": (
        item(
            response("CBG A", cardinality="multiple", base="directedPair"),
            spotted(
                "graphicGapMatchInteraction",
                f'<gapImg identifier="CBG" matchMax="1">{PICTURE}</gapImg>'
                + SPOTS.replace("hotspotChoice", "associableHotspot"),
                "",
            ),
        ),
        "qti_interaction",
    ),
    "position_object": (
        item(
            response("118 184", cardinality="multiple", base="point"),
            f'<positionObjectStage>{PICTURE}<positionObjectInteraction responseIdentifier="RESPONSE" maxChoices="3">'
            f"{PICTURE}</positionObjectInteraction></positionObjectStage>",
            POINTS,
        ),
        "qti_interaction",
    ),
    "slider": (
        item(
            response("16", base="integer"),
            '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="100" step="1" stepLabel="false">'
            "<prompt>Bao nhiêu phần trăm?</prompt></sliderInteraction>",
        ),
        "qti_interaction",
    ),
    "upload": (
        item(
            '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="file"/>',
            '<uploadInteraction responseIdentifier="RESPONSE"><prompt>Nộp tệp.</prompt></uploadInteraction>',
            NO_RULE,
        ),
        "qti_interaction",
    ),
    "drawing": (
        item(
            '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="file"/>',
            spotted("drawingInteraction", "", ""),
            NO_RULE,
        ),
        "qti_interaction",
    ),
    "template": (
        item(
            response(base="integer")
            + '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/><templateProcessing>'
            '<setTemplateValue identifier="X"><randomInteger min="1" max="9"/></setTemplateValue></templateProcessing>',
            '<p><printedVariable identifier="X"/> + 1 = <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
        ),
        "qti_template",
    ),
    "multi-input": (
        item(
            response("ChoiceA", name="RESPONSE1") + response("L"),
            choices("Một", "Hai", name="RESPONSE1") + f"<div>Tỉnh {INLINE}.</div>",
            "<responseProcessing><responseCondition><responseIf>"
            + scored(is_right("RESPONSE1"), 1, "SCORE1")
            + "</responseIf></responseCondition></responseProcessing>",
        ),
        "qti_several",
    ),
    "likert": (
        item(
            '<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier"/>',
            choices("Một", "Hai"),
        ),
        "key_missing",
    ),
}
