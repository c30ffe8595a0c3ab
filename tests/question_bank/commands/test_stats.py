import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from question_bank.commands.stats import stats
from question_bank.formats import Bank
from question_bank.formats.json_file import JSON
from tests.question_bank.builders import options, question

GOOD = ["bd"] * 14 + ["bs"] * 5 + ["ad"] * 6 + ["as"] * 7 + ["cs"] * 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = [
        ("C1", question()),
        ("C2", question("true_false", text="Câu hai?")),
        ("C3", question("essay", text="Câu ba?", options=(), key=None)),
        ("C4", question(text="=1+1?", options=options("=cmd()", "Hà Nội", "Huế"))),
    ]
    with (tmp_path / "key.json").open("wb") as stream:
        JSON.write_questions(stream, Bank(tuple(entries)))
    return tmp_path


def table(folder: Path, rows: list[str], titles: str = "Họ tên;C1;C2") -> Path:
    lines = [titles, *(f"Người {number};{';'.join(row)}" for number, row in enumerate(rows))]
    path = folder / "responses.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def run(folder: Path, responses: Path, *more: object) -> Result:
    arguments = [responses, "--key", folder / "key.json", *more]
    return CliRunner().invoke(stats, [str(argument) for argument in arguments])


def test_a_paper_without_doubts_ends_well(folder: Path) -> None:
    told = run(folder, table(folder, GOOD))
    assert (told.exit_code, told.stderr) == (0, "")
    assert "attempts: 38, questions: 2, highest total: 2" in told.stdout
    assert "C1\t38\t50.00\t33.33\t" in told.stdout


def test_a_doubtful_question_ends_with_1_and_its_reason(folder: Path) -> None:
    told = run(folder, table(folder, ["cd"] * 15 + ["bs"] * 15 + ["as"] * 8))
    assert told.exit_code == 1
    assert "C1: Độ phân biệt âm" in told.stderr
    assert (
        "The discrimination is negative"
        in run(folder, table(folder, ["cd"] * 15 + ["bs"] * 15 + ["as"] * 8), "--locale", "en").stderr
    )


def test_few_attempts_are_said_but_no_fault(folder: Path) -> None:
    told = run(folder, table(folder, ["bd", "as"]))
    assert (told.exit_code, "C1: Mới có 2 lượt thi gặp câu này" in told.stderr) == (0, True)


@pytest.mark.parametrize(
    ("titles", "rows", "status"),
    [("Họ tên;C1;C9", GOOD, 1), ("Họ tên;C1;C2", ["xd"], 1), ("Họ tên;C7;C9", GOOD, 2), ("Họ tên;C1;C2", [], 2)],
)
def test_faults_of_the_table_are_told_by_the_status(folder: Path, titles: str, rows: list[str], status: int) -> None:
    told = run(folder, table(folder, rows, titles))
    assert (told.exit_code, bool(told.stderr)) == (status, True)


def test_a_fault_of_the_key_is_told_by_the_status_too(folder: Path) -> None:
    key = json.loads((folder / "key.json").read_text("utf-8"))
    key["questions"].append({**key["questions"][0], "code": "C5", "text": "Câu năm?", "key": "z"})
    (folder / "key.json").write_text(json.dumps(key), "utf-8")
    told = run(folder, table(folder, GOOD), "--json")
    assert told.exit_code == 1
    assert [each["place"] for each in json.loads(told.stdout)["key_faults"]] == ["questions.4.key"]


def test_a_code_is_named_as_it_was_typed(folder: Path) -> None:
    assert "“Câu 9” không phải là mã" in run(folder, table(folder, GOOD, "Họ tên;C1;Câu 9")).stderr


def test_files_that_are_not_there_or_no_questions_cannot_be_used(folder: Path) -> None:
    responses = table(folder, GOOD)
    assert run(folder, folder / "none.csv").exit_code == 2
    (folder / "key.json").write_text("{}")
    assert run(folder, responses).exit_code == 2


def test_json_holds_all_figures_flags_and_faults(folder: Path) -> None:
    told = json.loads(run(folder, table(folder, ["cd"] * 15 + ["bs"] * 15 + ["xs"] + ["as"] * 4), "--json").stdout)
    assert told["paper"]["attempts"] == 35
    assert [each["code"] for each in told["questions"]] == ["C1", "C2"]
    assert told["questions"][0]["flags"][0]["code"] == "negative"
    assert told["questions"][0]["parts"][0]["rows"][2]["value"] == "c"
    assert told["faults"] == [{"place": "32", "code": "response_unreadable", "sentence": told["faults"][0]["sentence"]}]


def test_the_workbook_holds_numbers_and_runs_no_formula(folder: Path) -> None:
    responses = table(folder, [row + "a" for row in GOOD], "Họ tên;C1;C2;C4")
    assert run(folder, responses, "--xlsx", folder / "out.xlsx").exit_code == 1
    book = CalamineWorkbook.from_path(str(folder / "out.xlsx"))
    assert book.sheet_names == ["Đề thi", "Câu hỏi", "Phương án"]
    items = book.get_sheet_by_name("Câu hỏi").to_python()
    first = next(row for row in items if row[0] == "C1")
    assert first[2:4] == [38, 50]
    answers = book.get_sheet_by_name("Phương án").to_python()
    assert ["C4", "", "A", "=cmd()", "", 38] in [row[:6] for row in answers]
    with zipfile.ZipFile(folder / "out.xlsx") as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)]
    assert run(folder, responses, "--xlsx", folder / "no" / "out.xlsx").exit_code == 2
