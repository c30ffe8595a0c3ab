import pytest

from contest.quiz.domain.printing import NOBODY, PrintPlan, draw_print, printed_paper
from question_bank.blueprint import Blueprint, BlueprintRow, Section
from question_bank.drawing import NotEnoughQuestions, PreparedPool, draw_paper
from question_bank.pool import pool_item
from tests.question_bank.builders import question

SEED = bytes(range(32))
QUESTIONS = {number: question(text=f"Câu {number}?", difficulty=1 + number % 2) for number in range(1, 13)}
POOL = PreparedPool(pool_item(number, each) for number, each in QUESTIONS.items())
PLAIN = Blueprint((BlueprintRow(None, None, 5),))
PARTS = Blueprint(
    (BlueprintRow(None, 1, 2, points=500, section=0), BlueprintRow(None, 2, 3, section=1)),
    (Section("Phần I", "Đọc kỹ."), Section("Phần II")),
)


def plan(*, is_same: bool, blueprint: Blueprint = PLAIN, codes: range = range(101, 125)) -> PrintPlan:
    return PrintPlan(POOL, blueprint, SEED, codes, is_same)


@pytest.mark.parametrize("blueprint", [PLAIN, PARTS], ids=["rows", "sections"])
@pytest.mark.parametrize("is_same", [True, False])
def test_every_code_has_its_paper(is_same, blueprint):
    drawn = draw_print(plan(is_same=is_same, blueprint=blueprint))
    assert list(drawn) == list(range(101, 125))
    assert {len(slots) for slots in drawn.values()} == {5}
    assert (len({frozenset(slot.ref for slot in slots) for slots in drawn.values()}) == 1) is is_same
    assert len(set(drawn.values())) > 12


def test_a_paper_drawn_by_itself_is_that_of_the_draw():
    drawn = draw_print(plan(is_same=False))
    for code in (101, 124):
        assert drawn[code] == draw_paper(POOL, PLAIN, SEED, NOBODY, code)


def test_a_code_is_drawn_alike_however_many_follow_it():
    many, few = (draw_print(plan(is_same=True, codes=range(101, end))) for end in (125, 103))
    assert [many[101], many[102]] == [few[101], few[102]]


def test_what_a_pool_lacks_is_told():
    with pytest.raises(NotEnoughQuestions):
        draw_print(plan(is_same=True, blueprint=Blueprint((BlueprintRow(None, None, 13),))))


def test_a_paper_has_its_sections_with_the_points_of_their_rows():
    slots = draw_print(plan(is_same=True, blueprint=PARTS))[101]
    paper = printed_paper(101, slots, PARTS, QUESTIONS)
    assert paper.code == "101"
    shown = [(part.title, part.instructions, len(part.questions)) for part in paper.sections]
    assert shown == [("Phần I", "Đọc kỹ.", 2), ("Phần II", "", 3)]
    assert [each.question.points for each in paper.questions] == [500, 500, 1000, 1000, 1000]
    assert [each.question.difficulty for each in paper.questions] == [1, 1, 2, 2, 2]
    assert [each.order for each in paper.questions] == [slot.order for slot in slots]


def test_a_paper_without_sections_is_one():
    slots = draw_print(plan(is_same=True))[101]
    [part] = printed_paper(101, slots, PLAIN, QUESTIONS).sections
    assert (part.title, part.instructions, len(part.questions)) == ("", "", 5)
