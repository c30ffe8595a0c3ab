import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Login
from contest.questions.models import BankQuestion, LookAct, QuestionLook
from question_bank.formats import FORMATS
from tests.question_bank.builders import question
from tests.questions.desk import Desk, acts, approved, make_desk, write
from tests.questions.importing import file_of

GOOD = (("C1", question(text="Huyện nào có chợ Kỳ Lừa?")), ("C2", question(text="Ai viết Bình Ngô đại cáo?")))
BAD = (*GOOD, ("C3", question(text="Năm nào lập tỉnh?", source="")))


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def desk(session: Session) -> Desk:
    made = make_desk(session)
    session.commit()
    return made


@pytest.fixture
def bank(
    contest: Callable[..., Result], session: Session, desk: Desk, database_url: str, tmp_path: Path
) -> Callable[..., Result]:
    """Call `contest bank …` in the folder of the test, with the login of somebody of the desk after `--as`."""

    def call(command: str, *arguments: Any, by: str | None = None) -> Result:
        session.commit()
        login = [] if by is None else ["--as", login_of(session, desk, by)]
        given = [str(tmp_path / each) if str(each).startswith("de.") else str(each) for each in arguments]
        reply = contest("bank", command, *given, *login, database_url=database_url)
        session.rollback()
        return reply

    return call


def login_of(session: Session, desk: Desk, name: str) -> str:
    return session.scalars(select(Login.value).where(Login.person_id == desk.people[name].id)).one()


def codes(session: Session) -> list[str]:
    return list(session.scalars(select(BankQuestion.code).order_by(BankQuestion.code)))


def test_banks_are_listed_with_their_numbers(bank: Any, session: Session, desk: Desk) -> None:
    approved(session, desk)
    write(session, desk, code="C2")
    told = json.loads(bank("list", desk.contest.slug, "--json").stdout)
    assert told == [{"id": desk.bank.id, "name": "Tuần 1", "questions": 2, "approved": 1}]


def test_a_good_file_is_imported_once(bank: Any, session: Session, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "de.json").write_bytes(file_of(*GOOD))
    first = bank("import", desk.contest.slug, "Tuần 1", "de.json", by="setter")
    assert first.exit_code == 0, first.output
    assert first.stdout.strip() == "read: 2, fault: 0, imported: 2, known: 0, clashing: 0"
    again = bank("import", desk.contest.slug, desk.bank.id, "de.json", "--json", by="setter")
    assert (json.loads(again.stdout)["imported"], json.loads(again.stdout)["known"]) == (0, 2)
    assert codes(session) == ["C1", "C2"]
    assert acts(session) == ["questions.imported"]


def test_a_file_with_faults_gives_nothing_or_the_good_ones(
    bank: Any, session: Session, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "de.xlsx").write_bytes(file_of(*BAD, suffix=".xlsx"))
    refused = bank("import", desk.contest.slug, "Tuần 1", "de.xlsx", by="setter")
    assert refused.exit_code == 1
    assert "Chưa ghi nguồn" in refused.stderr
    assert codes(session) == []
    assert bank("import", desk.contest.slug, "Tuần 1", "de.xlsx", "--only-good", by="setter").exit_code == 1
    assert codes(session) == ["C1", "C2"]


def test_unusable_files_and_people_without_a_seat_are_refused(
    bank: Any, session: Session, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "de.exe").write_bytes(b"MZ")
    (tmp_path / "de.json").write_bytes(file_of(*GOOD))
    place = (desk.contest.slug, "Tuần 1")
    assert bank("import", *place, "de.exe", by="setter").exit_code == 2
    assert bank("import", *place, "de.none", by="setter").exit_code == 2
    for name in ("reviewer", "organizer", "secretary"):
        assert bank("import", *place, "de.json", by=name).exit_code == 1
    assert bank("import", desk.contest.slug, "Tuần 9", "de.json", by="setter").exit_code == 1
    assert bank("export", *place, "de.xlsx", by="setter").exit_code == 1
    assert codes(session) == []
    assert not (tmp_path / "de.xlsx").exists()


def test_an_export_can_be_read_and_leaves_a_trace(bank: Any, session: Session, desk: Desk, tmp_path: Path) -> None:
    approved(session, desk)
    told = bank("export", desk.contest.slug, "Tuần 1", "de.gift", by="organizer")
    assert told.exit_code == 0, told.output
    assert "Tệp không giữ độ khó" in told.stderr
    assert len(FORMATS[".gift"].read_questions(tmp_path / "de.gift").questions) == 1
    assert session.scalars(select(QuestionLook.act)).all() == [LookAct.EXPORTED]


def test_a_bank_is_checked(bank: Any, session: Session, desk: Desk) -> None:
    write(session, desk, explanation="")
    told = bank("check", desk.contest.slug, "Tuần 1", "--json", by="reviewer")
    assert told.exit_code == 0, told.output
    report = json.loads(told.stdout)
    assert (report["questions"], report["faults"]) == (1, [])
    assert [remark["code"] for remark in report["remarks"]] == ["explanation_missing"]
