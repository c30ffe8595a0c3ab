import io
import itertools
import re
import zipfile
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from question_bank.formats.base import Bank
from question_bank.formats.qti import QTI
from question_bank.formats.qti.reader import read_questions
from question_bank.formats.qti.writer import losses, write_questions
from question_bank.kinds import kind_of, kinds
from question_bank.markup import inline_html, plain
from question_bank.text import clean, fold
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question
from tests.question_bank.formats.qti.packages import MP3, PNG
from tests.question_bank.formats.qti.scorer import Item

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=20
)
SIGNS = st.text(st.sampled_from(list("*_$`~^|<>&\"'\\[](){}.#-+ \nab1")), min_size=1, max_size=14)
PICTURE, SOUND = (sha256(content).hexdigest() for content in (PNG, MP3))
MEDIA = {PICTURE: PNG, SOUND: MP3}
SPACES = " \t\n"


def exported(*questions, **bank):
    stream = io.BytesIO()
    write_questions(
        stream, Bank(tuple((f"C-{number}", each) for number, each in enumerate(questions, start=1)), **bank)
    )
    return stream.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def item_of(asked):
    return Item(parts_of(exported(asked))["cau-0001.xml"])


HELD = [
    question(),
    question(points=2500, lock_order=True, tags=("một", "hai ba"), explanation="Vì\n\nthế.", difficulty=5),
    question(topic="Địa lý / Sông ngòi / Miền Bắc", difficulty=1, options=options("<b>", "a & b", '"c"')),
    question("multiple"),
    question("multiple", settings=(("scoring", "partial"),)),
    question(
        "multiple", settings=(("scoring", "penalty"),), points=3000, options=options(*"abcdef"), key=("b", "c", "f")
    ),
    question("true_false"),
    question("true_false", key=False, points=250),
    question("short_text"),
    question("short_text", settings=(("case", True),), points=333),
    question("number"),
    question("number", key="-0,25", settings=(("tolerance", "0,05"), ("unit", "km/h"))),
    question("number", key="50", settings=(("tolerance", "2%"),)),
    question("statements"),
    question("statements", settings=(("table", "0; 0,333; 0,666; 1"),), points=2000, lock_order=True),
    question("statements", settings=(("scoring", "all"),)),
    question("statements", settings=(("scoring", "parts"),)),
    question("matching"),
    question("matching", settings=(("scoring", "parts"),), key=("a", "a", "c")),
    question("ordering"),
    question("ordering", settings=(("scoring", "parts"),), points=1000),
    question("gap_fill"),
    question("gap_fill", settings=(("case", True), ("scoring", "parts"))),
    question("gap_fill", text="[[1]]", key=((("Lào", "Ai Lao"), ()),)),
    question("gap_fill", text="- **[[2]]**\n- [[1]]", key=((("a",), ("c", "b")), (("d", "e"), ("f",)))),
    question("essay", options=(), key=None, settings=(("guide", "Ý 1: *2 điểm*\n\nÝ 2"),)),
    question(
        text=f"Nghe:\n\n![Bài nghe](media:{SOUND})\n\n![Hình](media:{PICTURE})", explanation=f"![H](media:{PICTURE})"
    ),
    question(text="$\\frac{a}{b}$ và $$\\sqrt[3]{x^2}$$ rồi $\\begin{matrix}1&2\\\\3&4\\end{matrix}$"),
    question(text="A **đậm** và *nghiêng*, H~2~O, x^2^, `mã`\nxuống dòng\n\nĐoạn hai"),
    question(text="- một\n- hai\n\n1. x\n2. y"),
    question(text="| a | b |\n|---|---|\n| 1 | 2 |"),
    question(text="> trích\n\n```\nmã  hai\n```"),
]


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_what_qti_holds_reads_back_equal(asked):
    found = read_questions(exported(asked, media=MEDIA))
    assert found.faults == ()
    assert found.guesses == ()
    assert [(each.code, each.question) for each in found.questions] == [("C-1", asked)]
    assert losses(asked) == ()


def test_a_bank_reads_back_with_title_day_and_media():
    found = read_questions(exported(*HELD[-8:], title="Ngân hàng & đề", as_of=date(2026, 9, 30), media=MEDIA))
    assert (found.title, found.as_of, dict(found.media)) == ("Ngân hàng & đề", date(2026, 9, 30), MEDIA)


def test_the_same_bank_makes_the_same_file():
    assert exported(*HELD, media=MEDIA) == exported(*HELD, media=MEDIA)


@settings(max_examples=80, deadline=None)
@given(
    TEXTS | SIGNS,
    SIGNS | TEXTS,
    TEXTS | SIGNS,
    st.sampled_from(["single", "short_text", "matching", "gap_fill", "essay"]),
)
def test_any_text_that_is_written_says_the_same_when_it_is_read(text, one, other, kind):
    changes = {
        "single": {"options": options(one, other), "key": "a"},
        "short_text": {"key": (one.strip(), other.strip())},
        "matching": {"items": (other, one), "options": options(one, other), "key": ("a", "b")},
        "gap_fill": {"text": f"{text} [[1]] {text}.", "key": (((one.strip(),), (other.strip(),)),)},
        "essay": {"options": (), "key": None, "settings": (("guide", one.strip()),) if one.strip() else ()},
    }[kind]
    written = question(kind, **({"text": text, "explanation": other} | changes))
    if problems_in(written) or "lost_form" in losses(written) or not said(written.text):
        return
    if fold(in_line(one)) == fold(in_line(other)):  # the same option twice, once it is drawn
        return
    found = read_questions(exported(written))
    assert found.faults == ()
    back = found.questions[0].question
    assert back.kind == kind
    assert said(back.text) == said(written.text)
    assert said(back.explanation) == said(written.explanation)
    assert [in_line(each.text) for each in back.options] == [in_line(each.text) for each in written.options]
    assert [in_line(each) for each in back.items] == [in_line(each) for each in written.items]
    assert fold(repr_of(back.key)) == fold(repr_of(written.key))


def said(text):
    """What a text says to a reader: white space is one space on a page."""
    return " ".join(plain(clean(text)).split())


def in_line(text):
    """What an option shows."""
    shown = inline_html(clean(text), lambda _digest: None)
    return " ".join(shown.replace("<br>", " ").split())


def repr_of(key):
    return " | ".join(map(repr_of, key)) if isinstance(key, tuple) else clean(str(key))


def answers(count, least=0):
    names = [chr(ord("A") + place) for place in range(count)]
    return [list(each) for size in range(least, count + 1) for each in itertools.combinations(names, size)]


@pytest.mark.parametrize("scoring", ["all", "partial", "penalty"])
@pytest.mark.parametrize("points", [1000, 2500])
def test_an_independent_reader_gives_choices_the_same_points(scoring, points):
    kind, key = kind_of("multiple"), ("a", "c", "d")
    asked = kind.with_settings(
        question("multiple", options=options(*"abcde"), key=key, points=points), {"scoring": scoring}
    )
    item = item_of(asked)
    most = int(item.all("//q:choiceInteraction/@maxChoices")[0])
    for chosen in answers(5):
        response = kind.from_paper(asked, range(5), [name.lower() for name in chosen])
        if not most or len(chosen) <= most:
            assert item.score(RESPONSE=chosen) == pytest.approx(kind.mark(asked, response).points / 1000, abs=0.001)


@pytest.mark.parametrize("scoring", ["table", "all", "parts"])
def test_an_independent_reader_gives_statements_the_same_points(scoring):
    kind = kind_of("statements")
    asked = kind.with_settings(question("statements", points=2000), {"scoring": scoring})
    item = item_of(asked)
    for judged in itertools.product((True, False, None), repeat=4):
        pairs = [f"L{n} {str(each).lower()}" for n, each in enumerate(judged, start=1) if each is not None]
        marked = kind.mark(asked, kind.from_paper(asked, range(4), list(judged)))
        assert item.score(RESPONSE=pairs) == pytest.approx(marked.points / 1000, abs=0.001)


@pytest.mark.parametrize("scoring", ["all", "parts"])
def test_an_independent_reader_gives_pairs_and_orders_the_same_points(scoring):
    kind = kind_of("matching")
    asked = kind.with_settings(question("matching"), {"scoring": scoring})
    item = item_of(asked)
    for chosen in itertools.product("abc", repeat=3):
        pairs = [f"L{n} {letter.upper()}" for n, letter in enumerate(chosen, start=1)]
        marked = kind.mark(asked, kind.from_paper(asked, range(3), list(chosen)))
        assert item.score(RESPONSE=pairs) == pytest.approx(marked.points / 1000, abs=0.001)
    kind = kind_of("ordering")
    asked = kind.with_settings(question("ordering"), {"scoring": scoring})
    item = item_of(asked)
    for order in itertools.permutations("ABC"):
        places = [str(order.index(letter) + 1) for letter in "ABC"]
        marked = kind.mark(asked, kind.from_paper(asked, range(3), places))
        assert item.score(RESPONSE=list(order)) == pytest.approx(marked.points / 1000, abs=0.001)


@pytest.mark.parametrize("scoring", ["all", "parts"])
@pytest.mark.parametrize("one", ["Hà Nội", "hà nội", "Thăng Long", "Huế", None])
@pytest.mark.parametrize("other", ["Hồng", "Đà", None])
def test_an_independent_reader_gives_gaps_the_same_points(scoring, one, other):
    kind = kind_of("gap_fill")
    asked = kind.with_settings(question("gap_fill"), {"scoring": scoring})
    item = item_of(asked)
    names = {each.text: each.get("identifier") for each in item.all("//q:inlineChoice")}
    marked = kind.mark(asked, kind.from_paper(asked, (), [one, other]))
    chosen = {"GAP_1": [one] if one else [], "GAP_2": [names[other]] if other else []}
    assert item.score(**chosen) == pytest.approx(marked.points / 1000, abs=0.001)


@pytest.mark.parametrize("tolerance", ["", "0,5", "10%"])
@pytest.mark.parametrize("typed", ["-10", "-10.5", "-10.6", "-9.5", "-11", "-11.1", "10"])
def test_an_independent_reader_gives_numbers_the_same_points(tolerance, typed):
    kind = kind_of("number")
    asked = kind.with_settings(question("number", key="-10"), {"tolerance": tolerance})
    assert item_of(asked).score(RESPONSE=[typed]) == kind.mark(asked, typed).points / 1000


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_an_independent_reader_finds_the_key_worth_all_the_points(asked):
    if asked.kind == "essay":
        return
    item = item_of(asked)
    correct = {
        each.get("identifier"): item.correct(each.get("identifier")) for each in item.all("//q:responseDeclaration")
    }
    assert all(correct.values())
    assert item.score(**correct) == pytest.approx(asked.points / 1000, abs=0.001)
    assert item.outcome("MAXSCORE") == asked.points / 1000


# What the schema of QTI 2.1 allows inside each element that is written, in this order.
CONTENT = {
    "assessmentItem": r"(responseDeclaration )*(outcomeDeclaration )*(itemBody )?(responseProcessing )?(modalFeedback )*",
    "responseDeclaration": r"(correctResponse )?(mapping )?",
    "outcomeDeclaration": r"(defaultValue )?(matchTable )?",
    "correctResponse": r"(value )+",
    "defaultValue": r"(value )+",
    "mapping": r"(mapEntry )+",
    "matchTable": r"(matchTableEntry )+",
    "itemBody": r"((p|div|ul|ol|table|blockquote|pre|rubricBlock|[A-Za-z]+Interaction) )*",
    "choiceInteraction": r"(simpleChoice )+",
    "orderInteraction": r"(simpleChoice )+",
    "inlineChoiceInteraction": r"(inlineChoice )+",
    "matchInteraction": r"(simpleMatchSet ){2}",
    "simpleMatchSet": r"(simpleAssociableChoice )*",
    "extendedTextInteraction": r"",
    "textEntryInteraction": r"",
    "ul": r"(li )*",
    "ol": r"(li )*",
    "table": r"(thead )?(tbody )+",
    "thead": r"(tr )+",
    "tbody": r"(tr )+",
    "tr": r"((td|th) )*",
    "blockquote": r"((p|div|ul|ol|table|blockquote|pre) )*",
    "responseProcessing": r"((responseCondition|setOutcomeValue|lookupOutcomeValue) )*",
    "responseCondition": r"(responseIf )(responseElseIf )*(responseElse )?",
}
REQUIRED = {
    "assessmentItem": {"identifier", "title", "adaptive", "timeDependent"},
    "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "outcomeDeclaration": {"identifier", "cardinality"},
    "mapEntry": {"mapKey", "mappedValue"},
    "matchTableEntry": {"sourceValue", "targetValue"},
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices"},
    "matchInteraction": {"responseIdentifier", "shuffle", "maxAssociations"},
    "orderInteraction": {"responseIdentifier", "shuffle"},
    "inlineChoiceInteraction": {"responseIdentifier", "shuffle"},
    "textEntryInteraction": {"responseIdentifier"},
    "extendedTextInteraction": {"responseIdentifier"},
    "simpleChoice": {"identifier"},
    "inlineChoice": {"identifier"},
    "simpleAssociableChoice": {"identifier", "matchMax"},
    "rubricBlock": {"view"},
    "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"},
    "img": {"src", "alt"},
    "object": {"data", "type"},
    "equal": {"toleranceMode"},
}
INLINE = {
    "br",
    "img",
    "object",
    "math",
    "strong",
    "em",
    "sub",
    "sup",
    "code",
    "span",
    "textEntryInteraction",
    "inlineChoiceInteraction",
}
WITH_LINES_ONLY = {"p", "simpleChoice", "simpleAssociableChoice", "strong", "em", "pre"}
SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_an_item_is_made_as_the_schema_says(asked):
    root = etree.fromstring(parts_of(exported(asked, media=MEDIA))["cau-0001.xml"])
    for element in root.iter():
        if etree.QName(element).namespace != "http://www.imsglobal.org/xsd/imsqti_v2p1":
            continue
        name = etree.QName(element).localname
        inside = [etree.QName(child).localname for child in element]
        assert re.fullmatch(CONTENT.get(name, ".*"), "".join(f"{child} " for child in inside)), (name, inside)
        assert set(element.attrib) >= REQUIRED.get(name, set()), name
        assert name not in WITH_LINES_ONLY or set(inside) <= INLINE, (name, inside)
        for attribute in ("identifier", "responseIdentifier", "outcomeIdentifier"):
            assert SIMPLE.fullmatch(element.get(attribute, "x"))
    names = [each.get("identifier") for each in root.iter() if each.get("identifier") and each.tag.endswith("Choice")]
    assert len(names) == len(set(names))


def test_a_package_is_listed_whole_in_its_manifest():
    parts = parts_of(exported(HELD[-6], HELD[0], media=MEDIA))
    root = etree.fromstring(parts["imsmanifest.xml"])
    names = {"c": "http://www.imsglobal.org/xsd/imscp_v1p1", "l": "http://ltsc.ieee.org/xsd/LOM"}
    assert [etree.QName(child).localname for child in root] == ["metadata", "organizations", "resources"]
    assert root.xpath("c:metadata/c:schema/text()", namespaces=names) == ["QTIv2.1 Package"]
    resources = root.xpath("c:resources/c:resource", namespaces=names)
    listed = {each.get("identifier"): each for each in resources}
    assert len(listed) == len(resources)
    assert {each.get("href") for each in resources} == set(parts) - {"imsmanifest.xml"}
    assert all(SIMPLE.fullmatch(identifier) for identifier in listed)
    first = resources[0]
    used = {listed[name].get("href") for name in first.xpath("c:dependency/@identifierref", namespaces=names)}
    shown = etree.fromstring(parts["cau-0001.xml"]).xpath("//@src | //@data")
    assert used == set(shown)
    assert len(used) == 2
    assert first.xpath(".//l:difficulty/l:value/text()", namespaces=names) == ["easy"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (question("prediction"), "lost_kind"),
        (question("gap_fill", text="`[[1]]` và [[2]]"), "lost_form"),
    ],
)
def test_what_qti_has_no_way_to_write_is_left_out_and_listed(asked, code):
    assert losses(asked) == (code,)
    assert set(parts_of(exported(asked))) == {"imsmanifest.xml"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (question("short_text", settings=(("tone_place", True),)), "lost_settings"),
        (question("gap_fill", settings=(("unmarked", True),)), "lost_settings"),
        (question("essay", options=(), key=None, settings=(("most_words", 300),)), "lost_settings"),
        (question(source="Điều 1\nĐiều 2"), "lost_lines"),
        (question("short_text", key=("một\nhai",)), "lost_lines"),
    ],
)
def test_what_qti_cannot_hold_is_listed(asked, code):
    assert losses(asked) == (code,)
    assert [fault.code for fault in QTI.lost(Bank((("1", asked),)))] == [code]


def test_every_kind_is_written_or_listed():
    for kind in kinds():
        is_out = "lost_kind" in losses(kind.example)
        assert (len(parts_of(exported(kind.example))) == 1) is is_out


def test_a_medium_whose_bytes_are_not_at_hand_leaves_its_name():
    item = item_of(question(text=f"![Hình](media:{PICTURE})"))
    assert item.all("//q:itemBody/q:p/q:span/text()") == ["[Hình]"]


@pytest.mark.parametrize(
    ("content", "mime", "ending"),
    [
        (PNG, "image/png", "png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "jpg"),
        (b"GIF89a", "image/gif", "gif"),
        (b"RIFF\0\0\0\0WEBP", "image/webp", "webp"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav", "wav"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4", "m4a"),
        (b"OggS", "audio/ogg", "ogg"),
        (MP3, "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90", "audio/mpeg", "mp3"),
    ],
)
def test_media_are_named_by_what_they_are(content, mime, ending):
    digest = sha256(content).hexdigest()
    parts = parts_of(exported(question(text=f"![x](media:{digest})"), media={digest: content}))
    assert parts[f"media/{digest[:16]}.{ending}"] == content
    item = Item(parts["cau-0001.xml"])
    assert item.all("//q:object/@type") == ([mime] if mime.startswith("audio") else [])
