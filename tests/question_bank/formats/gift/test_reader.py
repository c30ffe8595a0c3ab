import pytest

from question_bank.formats import FORMATS
from question_bank.formats.base import UnusableFile
from question_bank.formats.gift.reader import read_questions
from question_bank.kinds import kind_of


def read(text):
    return read_questions(text.encode())


def only(text):
    found = read(text)
    assert found.faults == ()
    (parsed,) = found.questions
    return parsed.question


def codes(faults):
    return [fault.code for fault in faults]


def test_a_file_of_its_own_is_found_by_its_name():
    assert FORMATS[".gift"].read_questions is read_questions


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        ("Ai?{=Bác ~Chú ~Cô}", "single", [("x", "Bác"), ("", "Chú"), ("", "Cô")]),
        ("Ai?{~Bác =Chú}", "single", [("", "Bác"), ("x", "Chú")]),
        ("Số chẵn?{~%50%2 ~%50%4 ~3}", "multiple", [("x", "2"), ("x", "4"), ("", "3")]),
        ("Có mưa.{T}", "true_false", [("true",)]),
        ("Có mưa.{TRUE}", "true_false", [("true",)]),
        ("Có mưa.{F}", "true_false", [("false",)]),
        ("Có mưa.{ FALSE }", "true_false", [("false",)]),
        ("Ở đâu?{=Huế =TP Huế}", "short_text", [("Huế",), ("TP Huế",)]),
        ("Ở đâu?{Huế}", "short_text", [("Huế",)]),
        ("Ở đâu?{=%100%Huế}", "short_text", [("Huế",)]),
        ("Mấy?{#5}", "number", [("5",)]),
        ("Mấy?{#-3.14}", "number", [("-3,14",)]),
        ("Mấy?{#=3,5}", "number", [("3,5",)]),
        ("Ghép.{=a -> 1 =b -> 2}", "matching", [("a", "1"), ("b", "2")]),
        ("Ghép.{=a -> 1 =b -> 2 = -> 3}", "matching", [("a", "1"), ("b", "2"), ("", "3")]),
        ("Hãy viết.{}", "essay", []),
        ("Nước {=Lào ~Anh} ở gần.", "gap_fill", [("Lào", "Anh")]),
        ("Nước {=Lào =CHDCND Lào} ở gần.", "gap_fill", [("Lào | CHDCND Lào", "")]),
    ],
)
def test_each_kind_has_its_signs(text, kind, rows):
    found = only(text)
    assert (found.kind, list(kind_of(kind).rows(found))) == (kind, rows)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a\=b \~c \#d \{e\} f\:g \\h{T}", r"a=b ~c #d {e} f:g \h"),
        (r"Dòng\nhai{T}", "Dòng\nhai"),
        (r"\alpha{T}", r"\alpha"),
        (r"\\nu{T}", r"\nu"),
        ("[markdown]**A**{T}", "**A**"),
        ("[html]<p>A &amp; <b>B</b></p><p>C<sup>2</sup></p>{T}", "A & **B**\n\nC^2^"),
        ("A<br>B{T}", "A\nB"),
        ("1 < 2 và 3 > 2{T}", "1 < 2 và 3 > 2"),
        ("[plain]<b>{T}", "<b>"),
        ("[lạ] A{T}", "[lạ] A"),
        ("::Tên::A{T}", "A"),
        ("A:\n// ghi chú {=\nB{T}", "A:\nB"),
        ("Số {#5} là mấy?", "Số _____ là mấy?"),
        ("Nước {=Lào} ở gần.", "Nước [[1]] ở gần."),
        ("{=Lào} ở gần.", "[[1]] ở gần."),
    ],
)
def test_texts_are_read_as_moodle_reads_them(text, shown):
    assert only(text).text == shown


@pytest.mark.parametrize(
    ("answers", "key", "tolerance"),
    [
        ("#1822:5", "1822", "5"),
        ("#3.14:0.005", "3,14", "0,005"),
        ("#1..5", "3", "2"),
        ("#1.5..2", "1,75", "0,25"),
        ("#-2..-1", "-1,5", "0,5"),
        ("#2..2", "2", None),
        ("#1.234", "1,234", None),
        ("#–5", "-5", None),
        ("#=5:1#tốt ~#chưa đúng", "5", "1"),
    ],
)
def test_numbers_have_a_tolerance_or_a_range(answers, key, tolerance):
    found = only(f"Mấy?{{{answers}}}")
    assert (found.key, dict(found.settings).get("tolerance")) == (key, tolerance)


@pytest.mark.parametrize(
    ("answers", "scoring", "is_guess"),
    [
        ("~%50%a ~%50%b ~%-100%c", None, False),
        ("~%50%a ~%50%b ~c", "partial", False),
        ("~%50%a ~%50%b ~%-50%c", "penalty", False),
        ("~%33.333%a ~%33.333%b ~%33.333%c ~d", "partial", False),
        ("~%70%a ~%30%b ~c", "partial", True),
        ("~%50%a ~%50%b ~%-10%c", "penalty", True),
    ],
)
def test_weights_are_a_scoring_of_ours(answers, scoring, is_guess):
    found = read(f"Số?{{{answers}}}")
    assert dict(found.questions[0].question.settings).get("scoring") == scoring
    assert ("weights_changed" in codes(found.guesses)) is is_guess


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("A{T####Vì thế.}", "Vì thế."),
        ("A{T#Sai rồi#Đúng rồi}", "Sai rồi\nĐúng rồi"),
        ("A{=b#hay ~c####Chung}", "Chung\nb: hay"),
        ("A{=b#hay}", "b: hay"),
        (r"A{=b\#c}", ""),
        ("A{####Chung}", "Chung"),
    ],
)
def test_feedback_is_an_explanation(text, explanation):
    assert only(text).explanation == explanation


@pytest.mark.parametrize(
    ("category", "topic"),
    [
        ("Địa lý", "Địa lý"),
        ("$course$/top/Địa lý/Sông", "Địa lý / Sông"),
        ("$cat1$/A//B/C", "A/B / C"),
        ("$course$/top", "Chưa phân loại"),
    ],
)
def test_a_category_is_a_topic_until_the_next(category, topic):
    found = read(f"$CATEGORY: {category}\n\nA{{T}}\n\nB{{T}}\n\n$CATEGORY: Khác\nC{{T}}")
    assert [each.question.topic for each in found.questions] == [topic, topic, "Khác"]


@pytest.mark.parametrize("opened", ["[id:", "[tag:"])
def test_notes_whose_brackets_nothing_closes_are_read_through_once(opened):
    hostile = "\n\n".join(f"// {opened * 15_000}\nA{number}?{{T}}" for number in range(100))
    found = read(f"{hostile}\n\n// {opened}một] {opened}\nB?{{T}}")
    last = found.questions[-1]
    assert len(found.questions) == 101
    assert (last.code, last.question.tags) == (("một", ()) if opened == "[id:" else (last.code, ("một",)))


def test_codes_come_from_the_comment_the_title_or_the_place():
    found = read("// [id:A-1] [tag:một] [tag:hai]\n::Tên::A{T}\n\n::B-2::B{T}\n\nC{T}\n\n::B-2::D{T}")
    assert [each.code for each in found.questions][:2] == ["A-1", "B-2"]
    assert [each.code[:6] for each in found.questions][2:] == ["N-003-", "N-004-"]
    assert found.questions[0].question.tags == ("một", "hai")
    assert [each.row for each in found.questions] == [2, 4, 6, 8]
    assert {guess.code: guess.values["count"] for guess in found.guesses}["code_made"] == 2


def test_made_codes_of_two_files_differ_and_stay():
    one, other, again = (read(f"{text}{{T}}").questions[0].code for text in ("A", "B", "A"))
    assert one != other
    assert one == again


def test_what_is_made_up_is_told():
    found = read("A{T}\n\nB{T}")
    told = {"code_made", "topic_made", "difficulty_made", "source_made"}
    assert {guess.code: (guess.cell, guess.values["count"]) for guess in found.guesses} == dict.fromkeys(
        told, ("dòng 1, dòng 3", 2)
    )
    assert all(str(2) in guess.sentence() for guess in found.guesses)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Chỉ là lời dẫn.\n\nA{T}", "not_question"),
        ("A{=b =%50%c}", "answers_dropped"),
        ("A{#=1 =2}", "answers_dropped"),
        ("A{=b*}", "wildcard"),
        ("[html]<img src='x' alt='h'>A{T}", "medium_missing"),
        ("A{=b ~%30%c}", "weights_changed"),
        ("A{=b ~c<b>d</b>e}", "marks_dropped"),
    ],
)
def test_what_cannot_be_taken_over_is_told(text, guess):
    found = read(text)
    assert len(found.questions) == 1
    assert guess in codes(found.guesses)


def test_an_escaped_star_stands_for_itself():
    assert only(r"A{=b\*}").key == ("b*",)


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("A{T", "dòng 1", "gift_braces"),
        ("\nA T}", "dòng 2", "gift_braces"),
        ("A}T{", "dòng 1", "gift_braces"),
        ("A{T}\nB{F}", "dòng 1", "gift_braces"),
        ("// x\n\n\nA{=a\n\n~b}", "dòng 4", "gift_braces"),
        ("A{#năm}", "dòng 1", "gift_number"),
        ("A{#1e9}", "dòng 1", "gift_number"),
        ("A{#5..1}", "dòng 1", "gift_number"),
        ("A{#}", "dòng 1", "gift_number"),
        ("A{=a -> b =c}", "dòng 1", "gift_pair"),
        ("A{=a =b ~c}", "dòng 1", "key_several"),
        ("A{~a ~b}", "dòng 1", "key_missing"),
        ("{T}", "dòng 1", "text_missing"),
        ("A{=1" + "".join(f" ~x{i}" for i in range(10)) + "}", "dòng 1", "options_many"),
        ("A{T}\n\nA{T}", "dòng 3", "question_repeated"),
        ("", "", "no_questions"),
        ("// chỉ ghi chú", "", "no_questions"),
        ("A{" + "=" * 100_000 + "}", "dòng 1", "block_long"),
        ("A{\n" + "=1\n" * 40_000 + "}", "dòng 1", "block_long"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, place, fault):
    found = read(text)
    assert (place, fault) in [(each.cell, each.code) for each in found.faults]
    assert all(each.sentence() and each.sentence("en") for each in found.faults)


def test_the_sentence_about_braces_shows_braces():
    (fault,) = read("A{T").faults
    assert "{ }" in fault.sentence()
    assert r"\{ \}" in fault.sentence()


def test_more_questions_than_a_file_may_hold_are_refused():
    assert codes(read("A{T}\n\n" * 5001).faults) == ["too_many_questions"]
    assert "too_many_questions" not in codes(read("A{T}\n\n" * 5000).faults)


def test_what_is_no_text_is_refused():
    with pytest.raises(UnusableFile):
        read_questions(b"\x89PNG\0\0\0")


@pytest.mark.parametrize(
    ("text", "source", "line"),
    [
        ("// Nguồn: Hiến pháp 2013, Điều 13\nA?{T}", "Hiến pháp 2013, Điều 13", 2),
        ("//NGUỒN : Địa chí\nA?{T}", "Địa chí", 2),
        ("// source: https\\://vi.du/a\\nb\nA?{T}", "https://vi.du/a\nb", 2),
        ("// source: https://vi.du/a\nA? https://vi.du{T}", "https://vi.du/a", 2),
        ("// [id:X1]\n// Nguồn: Sách [1]\n// [tag:a]\nA?{T}", "Sách [1]", 4),
        ("// Nguồn: Sách\n// [tag:a]\nA?{T}", "Sách", 3),
    ],
)
def test_the_source_stands_in_a_comment(text, source, line):
    found = read(text)
    (parsed,) = found.questions
    assert (parsed.question.source, parsed.row) == (source, line)
    assert "source_made" not in codes(found.guesses)


@pytest.mark.parametrize("text", ["// question: 1 name: Nguồn\nA?{T}", "// Nguồn:\nA?{T}", "// Nguồn: Sách\n\nA?{T}"])
def test_other_comments_are_no_source_of_a_question(text):
    found = read(text)
    assert "source_made" in codes(found.guesses)
