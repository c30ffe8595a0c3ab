import pytest

from question_bank.formats.moodle.cloze import parted, written
from question_bank.kinds.gap_fill import Gap


def number(text):
    value, _, tolerance = text.partition(":")
    return value, tolerance or "0"


def gaps(text):
    return parted(text, number).answers.gaps


@pytest.mark.parametrize(
    ("gap", "accepted", "wrong"),
    [
        ("{1:SHORTANSWER:=Hà Nội}", ("Hà Nội",), ()),
        ("{:SA:=a~=b}", ("a", "b"), ()),
        ("{2:MW:%100%a~%100%b#hay}", ("a", "b"), ()),
        ("{1:MULTICHOICE:=a~b~c}", ("a",), ("b", "c")),
        ("{1:MC:~b~=a#đúng~%0%c}", ("a",), ("b", "c")),
        ("{1:MCHS:%100%a~b}", ("a",), ("b",)),
        ("{1:mcv:=a~b}", ("a",), ("b",)),
        ("{1:NUMERICAL:=3,5:0}", ("3,5",), ()),
        (r"{1:SA:=a\}b\~c\#d\"e\/f\\g}", (r"a}b~c#d" + '"' + "e/f\\g",), ()),
        (r"{1:SA:=a\*b}", ("a*b",), ()),
        (r"{1:SA:=\alpha}", (r"\alpha",), ()),
        ("{1:SA:=1 &lt; 2 &#38; 3}", ("1 < 2 & 3",), ()),
        ("{1:MC:=<b>a</b>~b}", ("a",), ("b",)),
        ("{1:SA:=a\nb}", ("a\nb",), ()),
    ],
)
def test_a_gap_says_what_it_accepts(gap, accepted, wrong):
    assert gaps(f"Trước {gap} sau") == (Gap(accepted, wrong),)


def test_gaps_become_numbers_and_their_weights_are_added():
    found = parted("{1:SA:=a} và {3:MC:=b~c} và {:SA:=d}", number)
    assert (found.text, found.weight, len(found.answers.gaps)) == ("[[1]] và [[2]] và [[3]]", 5, 3)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("{1:SA:=a~%50%b}", "answers_dropped"),
        ("{1:SA:=a*}", "wildcard"),
        ("{1:NM:=3:0.1}", "tolerance_dropped"),
        ("{1:MC:=a~%50%b}", "weights_changed"),
        ("{1:SAC:=a} {1:SA:=b}", "case_mixed"),
    ],
)
def test_what_our_gaps_cannot_hold_is_told(text, guess):
    assert parted(text, number).answers.guesses == [guess]


def test_case_counts_where_it_is_wanted():
    assert parted("{1:SHORTANSWER_C:=a}", number).answers.settings == {"case": True}
    assert parted("{1:SHORTANSWER:=a}", number).answers.settings == {}


def test_remarks_stand_after_their_answers():
    assert parted("{1:SA:=a#hay~%0%b#chưa}", number).answers.remarks == ["a: hay", "b: chưa"]


@pytest.mark.parametrize("text", ["{1:MULTIRESPONSE:=a~=b~c}", "{1:MRH:=a~b} {1:SA:=c}"])
def test_a_gap_with_several_ticks_is_none_of_ours(text):
    assert parted(text, number) is None


@pytest.mark.parametrize("text", ["{a}", "{1:KHÁC:=a}", "{1:SA:=a", "a } b", "f(x) = {x : x > 1}"])
def test_other_braces_are_text(text):
    assert parted(text, number).text == text
    assert gaps(text) == ()


@pytest.mark.parametrize(
    "gap",
    [
        Gap(("Hà Nội", "a=b"), ()),
        Gap(("a*b", r"c\d", "{e}", "%50%f"), ()),
        Gap(("a~b",), ("#c", "d}", '"<&>"', "%100%e")),
        Gap(("*",), ("**",)),
    ],
)
def test_what_is_written_reads_back_equal(gap):
    assert gaps(written(gap, 1, is_cased=False)) == (gap,)


def test_many_braces_are_read_to_their_end():
    for attack in ("{1:SA:", "{1:SA:=\\", "{1:SA:=a}", "{", "{1:SA:~", "{1:SA:=#"):
        assert parted(attack * 5000, number) is not None


@pytest.mark.parametrize("gap", ["{1:REGEXP:=HN}", "{1:SHORTANSWER_X:=HN}", "{:mi_rong:=a}"])
def test_a_text_with_a_gap_of_another_sort_is_not_read_for_it_would_show_the_answer(gap):
    assert parted(f"Thủ đô {gap} và {{1:SA:=b}}", number) is None
