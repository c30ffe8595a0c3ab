"""The second version of the draw: branches, kinds, sections, compulsory questions, exclusions, repeats."""

import hashlib
import hmac
import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.blueprint import Blueprint, BlueprintRow, Repeats, Section
from question_bank.drawing import (
    NotEnoughQuestions,
    PreparedPool,
    draw_paper,
    set_digest,
    shortfalls,
    unplaced,
    versioned,
)
from question_bank.filling import PoolItem
from question_bank.problems import sentence
from tests.question_bank.vectors.check import blueprint_of, wrong

CHECK = Path(__file__).parent / "vectors/check.py"
VECTORS = json.loads(CHECK.with_name("draw.json").read_text("utf-8"))
SEED = bytes(range(32))


def item(ref, topic="A", difficulty=1, kind="single", **values):
    return PoolItem(ref, topic, difficulty, 4, lock_order=False, kind=kind, **values)


def rows(*given, **values):
    return Blueprint(tuple(BlueprintRow(*each) for each in given), **values)


def drawn(items, blueprint, number=1, met=()):
    return draw_paper(PreparedPool(items), blueprint, SEED, b"p", number, met)


def refs(items, blueprint, number=1, met=()):
    return {slot.ref for slot in drawn(items, blueprint, number, met)}


def pythons():
    """Return the interpreters on this machine that can read our code: this one, and others that start."""
    found = {sys.executable}
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    for folder, minor in itertools.product(folders, range(11, 20)):
        path = folder / f"python3.{minor}"
        if path.exists() and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            found.add(str(path))
    return sorted(found)


@pytest.mark.parametrize("python", pythons())
def test_every_python_draws_the_papers_of_the_vectors(python):
    done = subprocess.run([python, "-B", CHECK], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_of_the_vectors_notices_a_wrong_paper():
    [first, *rest] = VECTORS["second"]["papers"]
    spoiled = {**first, "paper": first["paper"][::-1]}
    assert wrong({**VECTORS, "second": {**VECTORS["second"], "papers": [spoiled, *rest]}}) == [first["name"]]


class Specification:
    """A paper as docs/paper-draw.md says, in the plainest way."""

    def __init__(self, case):
        person = bytes.fromhex(case["participation_id"])
        head = b"question-bank/draw/2" + bytes([len(person)]) + case["number"].to_bytes(8, "big")
        key = hmac.new(bytes.fromhex(case["seed"]), head + person, hashlib.sha256).digest()
        stream = b"".join(hmac.new(key, i.to_bytes(8, "big"), hashlib.sha256).digest() for i in range(500))
        self.words = iter([int.from_bytes(stream[i : i + 4], "big") for i in range(0, len(stream), 4)])
        pool = sorted(VECTORS["second"]["pool"], key=lambda each: each["ref"])
        bound = {self.unit(each) for each in pool if each["is_compulsory"]}
        self.pool = [each for each in pool if each["is_compulsory"] or self.unit(each) not in bound]
        self.met = {self.unit(each) for each in pool if each["ref"] in case["met"]}
        self.blueprint = case["blueprint"]
        written = [
            dict(zip(("topic", "difficulty", "kind", "count", "points", "section"), r, strict=True))
            for r in self.blueprint["rows"]
        ]
        self.rows = sorted(
            written,
            key=lambda row: (
                [row["topic"], row["difficulty"], row["kind"]].count(None),
                -(row["topic"] or "").count(" / "),
            ),
        )
        for row in self.rows:
            rest = [each for each in self.pool if self.fits(each, row)]
            row |= {"rest": rest, "seen": [], "holds": []}

    @staticmethod
    def unit(question):
        return question["ref"] if question["group"] is None else question["group"]

    @staticmethod
    def fits(question, row):
        topics = {None, question["topic"], *itertools.accumulate(question["topic"].split(" / "), "{} / {}".format)}
        return row["topic"] in topics and all(row[name] in {None, question[name]} for name in ("difficulty", "kind"))

    def next_of(self, rest):
        n = len(rest)
        chosen = 0 if n == 1 else next(w for w in self.words if w < 2**32 // n * n) % n
        rest[0], rest[chosen] = rest[chosen], rest[0]
        return rest.pop(0)

    def order(self, row):
        for place in itertools.count():
            if place == len(row["seen"]):
                if not row["rest"]:
                    return
                row["seen"].append(self.next_of(row["rest"]))
            yield row["seen"][place]

    def row_of(self, question):
        return next((r for r in self.rows for each in r["holds"] if self.unit(each) == self.unit(question)), None)

    def house(self, question, tried):
        fitting = [row for row in self.rows if self.fits(question, row)]
        for row in fitting:
            if len(row["holds"]) < row["count"]:
                row["holds"].append(question)
                return True
        for row in fitting:
            if id(row) not in tried:
                tried.add(id(row))
                for held in list(row["holds"]):
                    if self.house(held, tried):
                        row["holds"] = [each for each in row["holds"] if each is not held] + [question]
                        return True
        return False

    def fill(self, avoided):
        for row in self.rows:
            looking = self.order(row)
            while len(row["holds"]) < row["count"]:
                question = next(looking, None)
                if question is None:
                    break
                if self.row_of(question) is None and self.unit(question) not in avoided:
                    row["holds"].append(question)
            while len(row["holds"]) < row["count"] and self.give_way(row, avoided):
                pass

    def give_way(self, short, avoided):
        queue, joined = [short], {}
        for taker in queue:
            for question in self.order(taker):
                giver = self.row_of(question)
                if giver is None and self.unit(question) not in avoided:
                    self.pass_on(taker, question, joined)
                    return True
                if giver is not None and giver not in queue:
                    joined[id(giver)] = taker, question
                    queue.append(giver)
        return False

    def pass_on(self, taker, question, joined):
        while id(taker) in joined:
            other, taken = joined[id(taker)]
            taker["holds"] = [each for each in taker["holds"] if self.unit(each) != self.unit(taken)]
            taker["holds"].append(question)
            taker, question = other, taken
        taker["holds"].append(question)

    def paper(self):
        for question in self.pool:
            if question["is_compulsory"]:
                assert self.house(question, set())
        if self.blueprint["repeats"] == "fewest":
            self.fill(self.met)
        self.fill(set())
        shown = []
        for section in range(len(self.blueprint["sections"])) if self.blueprint["sections"] else [None]:
            rest = [(each, row) for row in self.rows if row["section"] == section for each in row["holds"]]
            shown += [self.next_of(rest) for _ in list(rest)]
        paper = []
        for question, row in shown:
            places = list(range(question["option_count"]))
            order = places if question["lock_order"] else [self.next_of(places) for _ in list(places)]
            paper.append([question["ref"], order, row["section"], row["points"]])
        return paper


@pytest.mark.parametrize("case", VECTORS["second"]["papers"], ids=lambda case: case["name"])
def test_papers_are_drawn_as_the_page_says(case):
    assert Specification(case).paper() == case["paper"]


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(["A", "A / B", "C"]),
        st.integers(1, 2),
        st.sampled_from(["single", "number"]),
        st.booleans() | st.just(False),
        st.sampled_from([None, None, 0, 1]),
    ),
    max_size=7,
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, "A", "A / B", "C"]),
        st.sampled_from([None, 1, 2]),
        st.integers(1, 3),
        st.sampled_from([None, None, "single"]),
    ),
    max_size=3,
)


def pool_of(cells):
    """Number the questions from 1; a group is named by its first member."""
    first = {}
    for ref, (*_cell, group) in enumerate(cells, 1):
        first.setdefault(group, ref)
    return [
        item(ref, topic, level, kind, is_compulsory=must, group=None if group is None else first[group])
        for ref, (topic, level, kind, must, group) in enumerate(cells, 1)
    ]


def every_paper(items, blueprint):
    """Yield each choice of questions that is a paper, as a set of refs: the slow way."""

    def fits(each, row):
        branch = row.topic is None or each.topic == row.topic or each.topic.startswith(row.topic + " / ")
        return branch and row.difficulty in {None, each.difficulty} and row.kind in {None, each.kind}

    def fill(rows_left, taken):
        if not rows_left:
            yield taken
            return
        row, *later = rows_left
        free = [each for each in items if fits(each, row) and each.unit not in {one.unit for one in taken}]
        for chosen in itertools.combinations(free, row.count):
            if len({each.unit for each in chosen}) == row.count:
                yield from fill(later, [*taken, *chosen])

    must = {each.ref for each in items if each.is_compulsory}
    for paper in fill(list(blueprint.rows), []):
        if must <= {each.ref for each in paper}:
            yield {each.ref for each in paper}


@settings(max_examples=300, deadline=None)
@given(ITEMS, ROWS, st.sets(st.integers(1, 7)))
def test_a_paper_is_found_exactly_when_there_is_one_and_repeats_as_little_as_can_be(cells, given_rows, met):
    items, blueprint = pool_of(cells), rows(*given_rows, repeats=Repeats.FEWEST)
    papers = list(every_paper(items, blueprint))
    pool = PreparedPool(items)
    assert bool(papers) is not bool(shortfalls(pool, blueprint) or unplaced(pool, blueprint))
    if not papers:
        with pytest.raises(NotEnoughQuestions):
            drawn(items, blueprint, 1, met)
        return
    units = {each.ref: each.unit for each in items}
    met_units = {units[ref] for ref in met if ref in units}
    paper = refs(items, blueprint, 1, met)
    assert paper in papers
    assert sum(units[ref] in met_units for ref in paper) == min(
        sum(units[ref] in met_units for ref in each) for each in papers
    )


@settings(max_examples=200, deadline=None)
@given(ITEMS, ROWS)
def test_what_lacks_adds_up(cells, given_rows):
    for short in shortfalls(PreparedPool(pool_of(cells)), rows(*given_rows)):
        assert short.available < short.wanted
        assert short.available + short.elsewhere + short.barred == short.fitting
        assert sentence(short.problem.code, short.problem.values)


def test_rows_that_cross_give_way_to_each_other():
    items = [item(1, "A", 1), item(2, "A", 2), item(3, "B", 1)]
    for number in range(40):
        assert refs(items, rows(("A", None, 2), (None, 1, 1)), number) == {1, 2, 3}


def test_a_compulsory_question_is_on_every_paper_in_its_narrowest_row():
    items = [item(1, "A", 1, is_compulsory=True), *(item(ref, "A", 2) for ref in range(2, 20))]
    wide, narrow = BlueprintRow(None, None, 3, points=100), BlueprintRow("A", 1, 1, points=900)
    for number in range(40):
        paper = drawn(items, Blueprint((wide, narrow)), number)
        assert [slot.points for slot in paper if slot.ref == 1] == [900]


def test_a_compulsory_question_without_a_row_is_named():
    pool = PreparedPool([item(1, "B", is_compulsory=True), item(2, "A")])
    assert unplaced(pool, rows(("A", None, 1))) == [(1, None)]


def test_compulsory_questions_that_exclude_each_other_are_both_named():
    pool = PreparedPool([item(ref, is_compulsory=True, group=1) for ref in (1, 2)])
    assert unplaced(pool, rows(("A", None, 2))) == [(2, 1)]


def test_at_most_one_of_a_group_is_on_a_paper():
    items = [item(ref, group=1) for ref in (1, 2, 3)] + [item(4), item(5)]
    counts = Counter()
    for number in range(300):
        paper = refs(items, rows((None, None, 3)), number)
        assert {4, 5} < paper
        counts.update(paper - {4, 5})
    assert set(counts) == {1, 2, 3}
    assert min(counts.values()) > 60


def test_a_group_is_why_a_row_is_short():
    [short] = shortfalls(PreparedPool([item(1, group=1), item(2, group=1), item(3)]), rows((None, None, 3)))
    assert (short.available, short.fitting, short.barred) == (2, 3, 1)
    assert "1 câu không được ra cùng đề" in sentence(short.problem.code, short.problem.values)


def test_sections_stand_in_order_and_are_shuffled_within():
    items = [item(ref, "A" if ref < 6 else "B") for ref in range(1, 11)]
    parts = Blueprint(
        (BlueprintRow("B", None, 3, section=1), BlueprintRow("A", None, 5, section=0, points=250)),
        (Section("Phần I"), Section("Phần II")),
    )
    papers = [drawn(items, parts, number) for number in range(20)]
    assert all([slot.section for slot in paper] == [0] * 5 + [1] * 3 for paper in papers)
    assert all([slot.points for slot in paper] == [250] * 5 + [None] * 3 for paper in papers)
    assert len({tuple(slot.ref for slot in paper[:5]) for paper in papers}) > 10


def test_questions_met_before_come_again_only_when_the_pool_is_used_up():
    items, fewest = [item(ref) for ref in range(1, 8)], rows((None, None, 3), repeats=Repeats.FEWEST)
    first = refs(items, fewest, 1)
    second = refs(items, fewest, 2, first)
    third = refs(items, fewest, 3, first | second)
    assert not first & second
    assert len(third - first - second) == 1
    assert any(refs(items, replace(fewest, repeats=Repeats.ALLOWED), n, first) & first for n in range(2, 9))


@pytest.mark.parametrize(
    ("items", "blueprint", "version"),
    [
        ([item(1)], rows(("A", None, 1)), 1),
        ([item(1, "A / B")], rows((None, 1, 1)), 1),
        ([item(1, "A / B")], rows(("A / B", None, 1)), 1),
        ([item(1, "A / B")], rows(("A", None, 1)), 2),
        ([item(1, "AB")], rows(("A", None, 1)), 1),
        ([item(1, is_compulsory=True)], rows(("A", None, 1)), 2),
        ([item(1, group=1)], rows(("A", None, 1)), 2),
        ([item(1)], rows(("A", None, 1), repeats=Repeats.FEWEST), 2),
        ([item(1)], rows(("A", None, 1, "single")), 2),
        ([item(1)], rows(("A", None, 1), (None, 1, 1)), 2),
    ],
)
def test_the_first_version_draws_what_it_always_drew(items, blueprint, version):
    pool = PreparedPool(items)
    assert versioned(blueprint, pool).version == version
    if version == 1:
        old, new = replace(blueprint, version=1), versioned(blueprint, pool)
        assert set_digest([(1, "aa")], old) == set_digest([(1, "aa")], new, pool)


def test_the_digest_sees_everything_that_decides_the_paper():
    case = VECTORS["second"]["set"]
    questions, blueprint = [tuple(pair) for pair in case["questions"]], blueprint_of(case)
    items = [PoolItem(**each) for each in VECTORS["second"]["pool"]]
    changed = [
        [replace(each, is_compulsory=each.ref == 3) for each in items],
        [replace(each, group=None) for each in items],
    ]
    others = [
        replace(blueprint, repeats=Repeats.FEWEST),
        replace(blueprint, sections=(Section("Phần I"), Section("Phần II"))),
        replace(blueprint, rows=tuple(replace(row, points=1) for row in blueprint.rows)),
        replace(blueprint, rows=tuple(replace(row, kind=None) for row in blueprint.rows)),
    ]
    digests = [set_digest(questions, blueprint, PreparedPool(pool)) for pool in (items, *changed)]
    digests += [set_digest(questions, other, PreparedPool(items)) for other in others]
    assert digests[0] == case["digest"]
    assert len(set(digests)) == len(digests)
