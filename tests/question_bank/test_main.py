import json
import subprocess
import sys
from io import BytesIO

import pytest
from click.testing import CliRunner

from question_bank.__main__ import main
from question_bank.formats import Bank
from question_bank.formats.json_file import JSON
from tests.question_bank.builders import options, question
from tests.question_bank.formats.xlsx.workbooks import row, rows, workbook


def doubtful():
    """Two questions that are one, and a third with an option that needs its place."""
    text = "Ngày Chuyển đổi số quốc gia được tổ chức vào ngày nào hằng năm?"
    entries = (
        ("C1", question(text=text, explanation="Theo quyết định.")),
        ("C2", question(text=f"Theo quy định, {text}", explanation="Theo quyết định.")),
        ("C3", question(options=options("Huế", "Hà Nội", "Cả A và B"))),
    )
    stream = BytesIO()
    JSON.write_questions(stream, Bank(entries))
    return stream.getvalue().decode()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.xlsx").write_bytes(workbook(*rows(3)))
    (tmp_path / "bad.xlsx").write_bytes(workbook(row(Đáp_án="C")))
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "doubtful.json").write_text(doubtful(), "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("file", "status"),
    [("good.xlsx", 0), ("doubtful.json", 0), ("bad.xlsx", 1), ("broken.xlsx", 2), ("none.xlsx", 2), ("x.txt", 2)],
)
def test_check_says_by_its_status_how_good_a_file_is(folder, file, status):
    assert run("check", folder / file).exit_code == status


def test_check_tells_each_fault_on_the_error_stream(folder):
    told = run("check", folder / "bad.xlsx")
    assert told.stderr.startswith("G2: Đáp án “C” không phải là một phương án của câu hỏi.\n")
    assert "is not one of the options" in run("check", folder / "bad.xlsx", "--locale", "en").stderr


def test_check_tells_remarks_as_warnings(folder):
    told = run("check", folder / "doubtful.json")
    assert told.stderr.splitlines() == [
        (
            "(C3 options.2) Phương án C (“Cả A và B”) nhắc đến các phương án khác, nhưng thứ tự phương án được xáo trộn"
            " trong mỗi đề. Hãy giữ nguyên thứ tự hoặc viết lại phương án."
        ),
        "(C3 explanation) Chưa có giải thích. Nên ghi vì sao đáp án đúng, để trả lời khi có khiếu nại.",
        "(C2 text) Gần như trùng với câu C1.",
    ]
    assert told.stdout == "questions: 3, faults: 0, remarks: 3\n"


def test_check_reports_remarks_as_json(folder):
    *_, remark = json.loads(run("check", folder / "doubtful.json", "--json", "--locale", "en").stdout)["remarks"]
    assert remark == {
        "question": "C2",
        "field": "text",
        "code": "near_duplicate",
        "values": {"other": "C1"},
        "severity": "warning",
        "sentence": "Nearly the same as question C1.",
    }


def test_check_reports_as_json(folder):
    report = json.loads(run("check", folder / "bad.xlsx", "--json", "--locale", "en").stdout)
    assert report["questions"] == 1
    assert report["faults"] == [
        {
            "cell": "G2",
            "code": "key_unknown",
            "values": {"option": "C"},
            "sentence": "The answer “C” is not one of the options.",
        }
    ]


def test_convert_goes_there_and_back(folder):
    there = run("convert", folder / "good.xlsx", folder / "bank.json", "--title", "Tuần 1", "--as-of", "2026-11-22")
    assert there.exit_code == 0, there.output
    bank = json.loads((folder / "bank.json").read_text("utf-8"))
    assert (bank["title"], bank["as_of"], len(bank["questions"])) == ("Tuần 1", "2026-11-22", 3)
    assert run("convert", folder / "bank.json", folder / "back.xlsx").exit_code == 0
    assert run("convert", folder / "back.xlsx", folder / "again.json").exit_code == 0
    assert json.loads((folder / "again.json").read_text("utf-8"))["questions"] == bank["questions"]


@pytest.mark.parametrize(("source", "status"), [("bad.xlsx", 1), ("broken.xlsx", 2)])
def test_convert_writes_nothing_of_a_faulty_file(folder, source, status):
    assert run("convert", folder / source, folder / "out.json").exit_code == status
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize("target", ["out.txt", "none/out.json"])
def test_convert_to_where_nothing_can_be_written_is_refused(folder, target):
    told = run("convert", folder / "good.xlsx", folder / target)
    assert told.exit_code == 2
    assert told.stderr.strip()


def test_template_is_written(folder):
    assert run("template", folder / "template.xlsx").exit_code == 0
    assert "Tệp không có câu hỏi nào." in run("check", folder / "template.xlsx").stderr
    assert run("template", folder / "none" / "template.xlsx").exit_code == 2


def test_it_runs_as_a_module():
    told = subprocess.run(
        [sys.executable, "-m", "question_bank", "--help"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert all(command in told.stdout for command in ("check", "convert", "template"))


def test_convert_lists_what_was_guessed_and_what_the_target_cannot_hold(folder):
    (folder / "q.gift").write_text("::A-1::Ai?{=Bác ~Chú}\n\nLời dẫn.\n\n::A-2::Có mưa.{T}", "utf-8")
    told = run("convert", folder / "q.gift", folder / "q.aiken")
    assert told.exit_code == 0
    assert "dòng 3: Đoạn văn bản không có phần đáp án" in told.stderr
    assert "A-2: Không có trong tệp" in told.stderr
    assert told.stdout.endswith("questions: 1\n")
    assert (folder / "q.aiken").read_text("utf-8") == "Ai?\nA. Bác\nB. Chú\nANSWER: A\n\n"


def test_the_report_of_a_check_holds_what_was_guessed(folder):
    (folder / "q.gift").write_text("::A-1::Có mưa.{T}", "utf-8")
    report = json.loads(run("check", folder / "q.gift", "--json").stdout)
    assert [(guess["cell"], guess["code"]) for guess in report["guesses"]] == [
        ("dòng 1", code) for code in ("topic_made", "difficulty_made", "source_made")
    ]


def test_formats_are_chosen_by_content_or_by_name(folder):
    (folder / "de.TXT").write_text("Thủ đô?\nA. Huế\nB. Hà Nội\nANSWER: B\n", "utf-8")
    assert run("check", folder / "de.TXT").exit_code == 0
    assert run("check", folder / "de.TXT", "--from", "aiken").exit_code == 0
    assert run("check", folder / "de.TXT", "--from", "gift").exit_code == 1
    assert run("convert", folder / "de.TXT", folder / "ra.txt", "--to", "csv").exit_code == 0
    assert run("check", folder / "ra.txt", "--from", "csv").exit_code == 0
    assert run("convert", folder / "de.TXT", folder / "ra.bak").exit_code == 2
    assert not (folder / "ra.bak").exists()
