"""Papers from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from question_bank.blueprint import Blueprint, BlueprintRow
from question_bank.commands.draw import draw
from question_bank.drawing import PreparedPool, draw_paper, seed_commitment, set_digest
from question_bank.formats import Bank
from question_bank.formats.json_file import JSON
from question_bank.formats.limits import PaperLimits
from question_bank.pool import pool_item
from question_bank.question import digest
from tests.question_bank.builders import question

QUESTIONS = [question(text=f"Câu {n}?", topic="A" if n < 5 else "B", difficulty=1 + n % 2) for n in range(1, 9)]
SEED, PERSON = bytes(range(32)).hex(), "0011"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.json"
    with path.open("wb") as stream:
        JSON.write_questions(stream, Bank(tuple((f"C{n}", each) for n, each in enumerate(QUESTIONS, start=1))))
    return path


def run(file: Path, blueprint: object, *more: str, seed: str = SEED) -> Result:
    arguments = [str(file), "--blueprint", str(blueprint), "--seed", seed, "--person", PERSON, *more]
    return CliRunner().invoke(draw, arguments)


def codes(result: Result) -> set[str]:
    return {line.split("\t")[1] for line in result.stdout.splitlines()}


def test_the_paper_is_the_one_of_the_specification(file: Path) -> None:
    rows = Blueprint((BlueprintRow("A", None, 2), BlueprintRow(None, None, 3)), version=1)
    pool = PreparedPool(pool_item(n, each) for n, each in enumerate(QUESTIONS, start=1))
    paper = draw_paper(pool, rows, bytes.fromhex(SEED), bytes.fromhex(PERSON), 2)
    said = json.loads(run(file, "A:::2;:::3", "--number", "2", "--json").stdout)
    assert [(each["code"], tuple(each["order"])) for each in said["paper"]] == [(f"C{s.ref}", s.order) for s in paper]
    expected = set_digest(((n, digest(each)) for n, each in enumerate(QUESTIONS, start=1)), rows)
    assert (said["version"], said["set"]) == (1, expected)
    assert said["commitment"] == seed_commitment(bytes.fromhex(SEED), expected)


def test_sections_and_points_come_from_a_file(file: Path, tmp_path: Path) -> None:
    rules = {
        "rows": [{"topic": "A", "count": 2, "points": 250, "section": 0}, {"topic": "B", "count": 1, "section": 1}],
        "sections": [{"title": "Phần I"}, {"title": "Phần II"}],
    }
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(rules), "utf-8")
    told = [line.split("\t") for line in run(file, path).stdout.splitlines()]
    assert [row[3:] for row in told] == [["0,25", "Phần I"], ["0,25", "Phần I"], ["", "Phần II"]]


def test_compulsory_excluded_and_met_questions_are_heeded(file: Path) -> None:
    for number in range(10):
        more = ("--compulsory", "C1", "--apart", "C2,C3", "--apart", "C3,C4", "--number", str(number))
        paper = codes(run(file, "A:::2;B:::1", *more))
        assert "C1" in paper
        assert len(paper & {"C2", "C3", "C4"}) == 1


def test_what_was_met_comes_last(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_text(json.dumps({"rows": [{"topic": "A", "count": 2}], "repeats": "fewest"}), "utf-8")
    assert codes(run(file, path, "--met", "C1", "--met", "C2")) == {"C3", "C4"}


def test_what_lacks_is_told_and_is_a_fault(file: Path) -> None:
    told = run(file, "A:::5;B:::1")
    assert (told.exit_code, "cần 5 câu nhưng chỉ có 4" in told.stderr) == (1, True)
    apart = run(file, "A:::2", "--compulsory", "C1", "--compulsory", "C2", "--apart", "C1,C2", "--locale", "en")
    assert (apart.exit_code, "C2 and C1" in apart.stderr) == (1, True)
    nowhere = run(file, "A:::2", "--compulsory", "C8")
    assert (nowhere.exit_code, "C8" in nowhere.stderr) == (1, True)


@pytest.mark.parametrize(
    "blueprint", ["A:x::2", "A:::x", "A:::0", "A:::1:0", "A:::1:1:1", "none.json", "A:::2000000;:::-1", "", " ; "]
)
def test_a_blueprint_that_is_none_cannot_be_used(file: Path, blueprint: str) -> None:
    told = run(file, blueprint)
    assert told.exit_code == 2
    assert told.stderr
    assert not isinstance(told.exception, ValueError)


@pytest.mark.parametrize(
    "value", [[], {}, {"rows": []}, {"rows": 5}, {"rows": [{"count": "x"}]}, {"rows": [{"size": 1}]}, "no json"]
)
def test_a_file_that_is_no_blueprint_cannot_be_used(file: Path, tmp_path: Path, value: object) -> None:
    path = tmp_path / "rules.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    assert run(file, path).exit_code == 2


@pytest.mark.parametrize(
    ("more", "seed"), [((), "00"), ((), "xy"), (("--met", "C99"), SEED), (("--apart", "C1,C99"), SEED)]
)
def test_wrong_values_are_told(file: Path, more: tuple[str, ...], seed: str) -> None:
    told = run(file, ":::1", *more, seed=seed)
    assert (told.exit_code, bool(told.stderr)) == (2, True)


def test_what_a_file_asks_of_papers_counts_beside_the_options(tmp_path: Path) -> None:
    limits = {"C8": PaperLimits(is_compulsory=True), **dict.fromkeys(("C5", "C6", "C7"), PaperLimits(group="N1"))}
    path = tmp_path / "bank.json"
    with path.open("wb") as stream:
        entries = tuple((f"C{n}", each) for n, each in enumerate(QUESTIONS, start=1))
        JSON.write_questions(stream, Bank(entries, limits=limits))
    for number in range(1, 6):
        drawn = codes(run(path, ":::6", "--number", str(number)))
        assert "C8" in drawn
        assert len(drawn & {"C5", "C6", "C7"}) == 1
    assert codes(run(path, "B:::2", "--compulsory", "C5")) == {"C5", "C8"}
    assert run(path, "B:::2", "--apart", "C7,C8").exit_code == 1
