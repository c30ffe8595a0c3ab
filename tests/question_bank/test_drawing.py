import hashlib
import hmac
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.blueprint import Blueprint, BlueprintRow
from question_bank.drawing import (
    NotEnoughQuestions,
    PreparedPool,
    Shortfall,
    draw_paper,
    seed_commitment,
    set_digest,
    shortfalls,
)
from question_bank.filling import PoolItem

VECTORS = json.loads((Path(__file__).parent / "vectors/draw.json").read_text("utf-8"))
SEED = bytes(range(32))
ALL = (None, None)


def blueprint(*rows, version=1, **values):
    return Blueprint(tuple(BlueprintRow(*row) for row in rows), version=version, **values)


def pool(*cells, options=4):
    """Return a pool with a question per cell, refs counted from 1."""
    return PreparedPool(PoolItem(ref, *cell, options, lock_order=False) for ref, cell in enumerate(cells, 1))


def refs(paper):
    return [slot.ref for slot in paper]


def drawn_by_the_specification(case):
    """Draw a paper as docs/paper-draw.md says, in the plainest way."""
    person = bytes.fromhex(case["participation_id"])
    head = b"question-bank/draw/1" + bytes([len(person)]) + case["number"].to_bytes(8, "big")
    key = hmac.new(bytes.fromhex(case["seed"]), head + person, hashlib.sha256).digest()
    stream = b"".join(hmac.new(key, i.to_bytes(8, "big"), hashlib.sha256).digest() for i in range(500))
    words = iter([int.from_bytes(stream[i : i + 4], "big") for i in range(0, len(stream), 4)])

    def below(n):
        return 0 if n == 1 else next(w for w in words if w < 2**32 // n * n) % n

    def next_of(rest):
        chosen = below(len(rest))
        rest[0], rest[chosen] = rest[chosen], rest[0]
        return rest.pop(0)

    items = sorted(VECTORS["pool"], key=lambda item: item["ref"])
    paper = []
    for topic, difficulty, count in sorted(case["blueprint"], key=lambda row: row[:2].count(None)):
        rest = [i for i in items if topic in {None, i["topic"]} and difficulty in {None, i["difficulty"]}]
        wanted = len(paper) + count
        while len(paper) < wanted:
            item = next_of(rest)
            if item not in paper:
                paper.append(item)
    shown = [next_of(paper) for _ in range(len(paper))]
    orders = []
    for item in shown:
        places = list(range(item["option_count"]))
        orders.append(places if item["lock_order"] else [next_of(places) for _ in range(len(places))])
    return [[item["ref"], order] for item, order in zip(shown, orders, strict=True)]


@pytest.mark.parametrize("case", VECTORS["papers"], ids=lambda case: case["name"])
def test_papers_match_the_vectors(case):
    paper = draw_paper(
        PreparedPool(PoolItem(**item) for item in VECTORS["pool"]),
        blueprint(*case["blueprint"]),
        bytes.fromhex(case["seed"]),
        bytes.fromhex(case["participation_id"]),
        case["number"],
    )
    assert [[slot.ref, list(slot.order)] for slot in paper] == case["paper"]
    assert drawn_by_the_specification(case) == case["paper"]


def test_set_and_commitment_match_the_vectors():
    case = VECTORS["set"]
    digest = set_digest([tuple(pair) for pair in case["questions"]], blueprint(*case["blueprint"]))
    assert digest == case["digest"]
    assert seed_commitment(bytes.fromhex(case["seed"]), digest) == case["commitment"]


def test_the_page_for_strangers_shows_the_vectors():
    page = (Path(__file__).parents[2] / "docs/paper-draw.md").read_text("utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert json.loads(shown) == VECTORS


def test_a_paper_does_not_depend_on_the_order_of_the_pool():
    items = [PoolItem(ref, "A", ref % 3, 4, lock_order=False) for ref in range(40)]
    rows = blueprint(("A", 1, 5), (*ALL, 5))
    papers = {
        draw_paper(PreparedPool(order), rows, SEED, b"p", 1) for order in (items, items[::-1], items[7:] + items[:7])
    }
    assert len(papers) == 1


def test_seed_person_and_number_each_change_the_paper():
    questions = pool(*[("A", 1)] * 50)
    rows = blueprint((*ALL, 20))
    arguments = [(SEED, b"p", 1), (bytes(32), b"p", 1), (SEED, b"q", 1), (SEED, b"p", 2)]
    assert len({draw_paper(questions, rows, *each) for each in arguments}) == 4


@given(st.data())
def test_a_paper_fills_each_row_without_repeating(data):
    cells = data.draw(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 3)), max_size=20))
    questions, rows = pool(*cells), blueprint(*data.draw(NESTED_ROWS))
    if shortfalls(questions, rows):
        with pytest.raises(NotEnoughQuestions):
            draw_paper(questions, rows, SEED, b"p", 1)
        return
    paper = refs(draw_paper(questions, rows, SEED, b"p", 1))
    assert len(paper) == len(set(paper)) == rows.size
    assert matched(rows.rows, {ref: cells[ref - 1] for ref in paper}) == rows.size


NESTED_ROWS = st.one_of(
    st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.none(), st.integers(1, 4)), max_size=3),
    st.lists(st.tuples(st.sampled_from(["A", "B"]), st.sampled_from([1, 2, None]), st.integers(1, 4)), max_size=5),
    st.lists(st.tuples(st.none(), st.sampled_from([1, 2, None]), st.integers(1, 4)), max_size=4),
)


def matched(rows, cells):
    """Return how many places of the rows can be filled at most (augmenting paths)."""
    places = [row for row in rows for _ in range(row.count)]
    holder = {}

    def fill(place, tried):
        for ref, (topic, difficulty) in cells.items():
            row = places[place]
            fits = row.topic in {None, topic} and row.difficulty in {None, difficulty}
            if fits and ref not in tried:
                tried.add(ref)
                if ref not in holder or fill(holder[ref], tried):
                    holder[ref] = place
                    return True
        return False

    return sum(fill(place, set()) for place in range(len(places)))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 3)), max_size=12), NESTED_ROWS)
def test_shortfalls_are_exactly_what_no_other_choice_could_fill(cells, rows):
    wanted = blueprint(*rows)
    short = shortfalls(pool(*cells), wanted)
    missing = sum(each.wanted - each.available for each in short)
    assert missing == wanted.size - matched(wanted.rows, dict(enumerate(cells)))


def test_a_narrow_row_is_never_starved_by_a_wide_one_before_it():
    questions = pool(("A", 1), ("A", 2), ("B", 1))
    rows = blueprint((*ALL, 1), ("A", None, 1), ("A", 1, 1))
    for number in range(50):
        assert sorted(refs(draw_paper(questions, rows, SEED, b"p", number))) == [1, 2, 3]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_row_may_take_everything_there_is(count):
    rows = blueprint(("A", 1, count)) if count else blueprint()
    paper = draw_paper(pool(*[("A", 1)] * count), rows, SEED, b"p", 1)
    assert sorted(refs(paper)) == list(range(1, count + 1))


def test_one_question_short_is_refused_with_the_row():
    with pytest.raises(NotEnoughQuestions) as raised:
        draw_paper(pool(("A", 1), ("A", 1), ("B", 1)), blueprint((*ALL, 1), ("A", 1, 3)), SEED, b"p", 1)
    assert raised.value.shortfalls == [Shortfall(row=1, wanted=3, available=2, fitting=2, elsewhere=0, barred=0)]
    problem = raised.value.shortfalls[0].problem
    assert (problem.field, problem.values) == ("rows.1", {"row": 2, "wanted": 3, "available": 2})


def test_equal_rows_share_what_there_is():
    rows = blueprint(("A", 1, 2), ("A", 1, 2))
    assert shortfalls(pool(*[("A", 1)] * 3), rows) == [
        Shortfall(row=1, wanted=2, available=1, fitting=3, elsewhere=2, barred=0)
    ]


def test_a_question_twice_in_the_pool_is_refused():
    item = PoolItem(1, "A", 1, 4, lock_order=False)
    with pytest.raises(ValueError, match="question 1 is twice"):
        PreparedPool([item, item])


def test_options_are_shuffled_unless_locked():
    items = [PoolItem(ref, "A", 1, 10, lock_order=ref % 2 == 0) for ref in range(20)]
    paper = draw_paper(PreparedPool(items), blueprint((*ALL, 20)), SEED, b"p", 1)
    identity = tuple(range(10))
    assert all((slot.order == identity) is (slot.ref % 2 == 0) for slot in paper)
    assert all(sorted(slot.order) == list(identity) for slot in paper)


def test_every_question_place_and_option_is_as_likely():
    # 6,000 papers of 3 from 12: each expected count is known, and the seed is fixed, so the
    # bounds (five standard deviations) hold always or never.
    questions, rows, papers = pool(*[("A", 1)] * 12), blueprint((*ALL, 3)), 6000
    drawn, firsts, options, pairs = Counter(), Counter(), Counter(), Counter()
    for number in range(papers):
        paper = draw_paper(questions, rows, SEED, b"p", number)
        drawn.update(refs(paper))
        firsts[paper[0].ref] += 1
        options[paper[0].order] += 1
        pairs[frozenset(refs(paper)[:2])] += 1
    assert len(drawn) == 12
    assert len(options) == 24
    assert len(pairs) == 66
    assert all(abs(seen - 1500) < 168 for seen in drawn.values())
    assert all(abs(seen - 500) < 108 for seen in firsts.values())
    assert all(abs(seen - 250) < 78 for seen in options.values())
    assert all(abs(seen - papers / 66) < 48 for seen in pairs.values())


def test_set_digest_sees_questions_and_blueprint_but_not_their_order():
    questions = [(1, "aa"), (2, "bb")]
    rows = blueprint(("A", 1, 1))
    same = {set_digest(questions, rows), set_digest(questions[::-1], rows)}
    others = {set_digest([(1, "aa"), (2, "bc")], rows), set_digest(questions, blueprint(("A", 1, 2)))}
    assert len(same) == 1
    assert len(same | others) == 3
