"""What a form of each staff route needs so that it does what it is for, and which acts it then leaves in the record."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from contest.accounts.models import Login, LoginKind
from contest.approvals.models import Proposal
from contest.contests.models import Contest, ContestState, Round, RulesState, RulesVersion
from contest.entries.models import Prompt
from contest.judging.models import CaseReport, JudgingCase, ScoreSheet
from contest.participation.models import Participation
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState, RoundBank
from contest.questions.services.writing import add_questions
from contest.work.models import WorkItem, WorkState
from tests.conventions.world import BANK, SECTIONS, World, make_import
from tests.factories import NOW, make_group, make_seat
from tests.question_bank.builders import question

Values = dict[str, Any]
WINDOW = {"opens_on": "2026-07-21", "opens_time": "07:00", "closes_on": "2026-07-27", "closes_time": "23:59"}
LATER = {"opens_on": "2026-07-13", "opens_time": "09:41", "closes_on": "2026-07-30", "closes_time": "24:00"}
DETAILS = {
    "title": "Tìm hiểu chuyển đổi số",
    "organizer_name": "Ban Tổ chức",
    "decision_number": "16/QĐ-BTCCT",
    "decision_date": "2026-06-02",
    "summary": "",
}
QUESTION = {
    "text": "Câu hỏi mới?",
    "topic": "Chính quyền số",
    "difficulty": "1",
    "options_0": "Đúng",
    "options_1": "Chưa đúng",
    "right": "a",
    "source": "Luật Giao dịch điện tử 2023",
}


@dataclass(frozen=True, slots=True)
class Post:
    """`data` is what `seat` sends after `prepare`, which may give other values for the address; `query` follows it."""

    acts: list[str]
    data: Values | Callable[[Session, World], Values] | None = None
    seat: str = "organizer"
    prepare: Callable[[Session, World], Values] | None = None
    query: Callable[[World], str] | None = None


def _contest(session: Session, **values: Any) -> Values:
    session.execute(update(Contest).where(Contest.slug == "ta").values(**values))
    return {}


def _rounds(session: Session, **values: Any) -> Values:
    session.execute(update(Round).values(**values))
    return {}


def _not_opened(session: Session, _world: World) -> Values:
    return _rounds(session, opens_at=NOW + timedelta(days=1), closes_at=NOW + timedelta(days=2))


def _empty_group(session: Session, world: World) -> Values:
    _not_opened(session, world)
    contest = session.scalars(select(Contest).where(Contest.slug == "ta")).one()
    return {"group_id": make_group(session, contest, "Nhóm trống", position=2).id}


def _open_round(session: Session, _world: World) -> Values:
    return {"int:round_id": session.scalars(select(Round.id).where(Round.public_id == "vong-dang-mo")).one()}


def _fillable(session: Session, world: World) -> Values:
    session.add(RoundBank(round_id=world.values["int:round_id"], bank_id=world.values["bank_id"]))
    return {}


def _in_state(state: QuestionState) -> Callable[[Session, World], Values]:
    def prepare(session: Session, world: World) -> Values:
        session.get_one(BankQuestion, world.values["question_id"]).state = state
        return {}

    return prepare


def _organizer_elsewhere(session: Session, world: World) -> Values:
    other = session.scalars(select(Contest).where(Contest.slug == "khac")).one()
    make_seat(session, other, world.people["organizer"])
    return {}


def _copied(session: Session, world: World) -> Values:
    other = session.scalars(select(Contest.id).where(Contest.slug == "khac")).one()
    return {"receiver": f"{other}-{world.people['elsewhere'].id}", "name": "Nhận sang"}


def _as_draft(session: Session, world: World) -> Values:
    question_id = world.values["question_id"]
    row = session.get_one(BankQuestion, question_id)
    row.state = QuestionState.DRAFT
    session.get_one(QuestionRevision, row.current_revision_id).state = QuestionState.DRAFT
    return {}


def _by_another(session: Session, world: World) -> Values:
    session.execute(update(Proposal).values(proposed_by=world.people["secretary"].id))
    return {}


def _nothing_proposed(session: Session, _world: World) -> Values:
    session.execute(delete(Proposal))
    session.execute(
        update(RulesVersion).where(RulesVersion.state == RulesState.PROPOSED).values(state=RulesState.DRAFT)
    )
    return {}


def _citizen(session: Session, world: World) -> Values:
    rival = world.people["rival"].id
    session.execute(update(Login).where(Login.person_id == rival).values(kind=LoginKind.PHONE, value="+84912345678"))
    return {"participation_id": session.scalars(select(Participation.id).where(Participation.person_id == rival)).one()}


def _pupil(session: Session, world: World) -> Values:
    rival = world.people["rival"].id
    session.execute(update(Login).where(Login.person_id == rival).values(kind=LoginKind.CODE, value="k7pm3xwt"))
    return {}


def _excluded(session: Session, _world: World) -> Values:
    session.execute(update(Participation).values(excluded_at=NOW, exclusion_reason="Thi hộ"))
    return {}


def _ticked(session: Session, world: World) -> Values:
    row = session.get_one(BankQuestion, world.values["question_id"])
    return {"act": "send", "questions": f"{row.id}:{session.get_one(QuestionRevision, row.current_revision_id).digest}"}


def _looked_at(session: Session, world: World) -> Values:
    return {"verdict": "remark", "note": "Nguồn chưa rõ", "digest": _ticked(session, world)["questions"].split(":")[1]}


def _file(_session: Session, _world: World) -> Values:
    content = json.loads((BANK.parent / "chuyen_doi_so_2.json").read_text(encoding="utf-8"))
    return {"file": (BytesIO(json.dumps(content).encode()), "ngan-hang.json")}


def _undecided(session: Session, world: World) -> Values:
    setter = world.people["question_setter"].id
    return {"import_id": make_import(session, int(str(world.values["bank_id"])), setter).id}


def _just_imported(session: Session, world: World) -> Values:
    bank = session.get_one(Bank, world.values["bank_id"])
    setter = world.people["question_setter"].id
    [question_id] = add_questions(session, NOW, bank, [("MOI-2", question())], setter)
    return {"import_id": make_import(session, bank.id, setter, [question_id]).id}


def _picture(_session: Session, _world: World) -> Values:
    drawn = BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "PNG")
    drawn.seek(0)
    return {"file": (drawn, "hinh.png"), "name": "Hình vuông"}


def _renamed(session: Session, world: World) -> Values:
    return {"name": "Ngân hàng đổi tên", "rounds": str(_open_round(session, world)["int:round_id"])}


def _second_prompt(session: Session, world: World) -> Values:
    first = session.get_one(Prompt, world.values["prompt_id"])
    second = Prompt(round_id=first.round_id, group_id=first.group_id, position=2, title="Đề hai", questions=["Câu?"])
    session.add(second)
    session.flush()
    return {"prompt_id": second.id}


def _marked(session: Session, world: World) -> Values:
    marks = {"c1": 10_000, "c2": 10_000}
    session.execute(update(ScoreSheet).where(ScoreSheet.id == world.values["sheet_id"]).values(marks=marks))
    return {}


def _far_apart(session: Session, world: World) -> Values:
    locked = {"total": 20_000, "locked_at": NOW}
    session.execute(update(ScoreSheet).where(ScoreSheet.id == world.values["sheet_id"]).values(**locked))
    return {}


def _set_aside(session: Session, _world: World) -> Values:
    session.execute(update(JudgingCase).values(set_aside_at=NOW, set_aside_reason="Trùng bài"))
    return {}


def _conflict(_session: Session, world: World) -> Values:
    return {
        "judge_id": str(world.people["judge"].id),
        "unit_id": str(world.values["unit_id"]),
        "reason": "Dạy ở trường",
    }


def _no_reports(session: Session, _world: World) -> Values:
    session.execute(delete(CaseReport))
    return {}


def _no_cases(session: Session, world: World) -> Values:
    _no_reports(session, world)
    session.execute(delete(ScoreSheet))
    session.execute(delete(JudgingCase))
    return {}


def _failed_work(session: Session, _world: World) -> Values:
    session.execute(update(WorkItem).values(state=WorkState.FAILED))
    return {}


def _locked_sheet(session: Session, _world: World) -> Values:
    return {"sheet_id": session.scalars(select(ScoreSheet.id).where(ScoreSheet.locked_at.is_not(None))).one()}


POSTS: dict[str, Post] = {
    "announcement-of-contest": Post(
        ["contest.announced"], prepare=lambda session, _: _contest(session, state=ContestState.DRAFT)
    ),
    "announcements/<int:announcement_id>/withdrawal": Post(["announcement.withdrawn"]),
    "announcements/new": Post(["announcement.published"], {"title": "Gia hạn", "body": "Đến 24 giờ."}),
    "approvals/<int:proposal_id>": Post(
        ["proposal.approved", "announcement.published"],
        {"decision": "approve", "note": "Đã đối chiếu"},
        prepare=_by_another,
    ),
    "approvals/<int:proposal_id>/withdrawal": Post(["proposal.withdrawn"]),
    "archive": Post(
        ["contest.archived"],
        prepare=lambda session, _: _rounds(
            session,
            opens_at=NOW - timedelta(days=9),
            closes_at=NOW - timedelta(days=2),
            released_at=NOW - timedelta(days=9),
        ),
    ),
    "banks/<int:bank_id>/acts": Post(["question.sent"], _ticked, "question_setter", _as_draft),
    "banks/<int:bank_id>/copy": Post(["questions.copied", "questions.received"], _copied, prepare=_organizer_elsewhere),
    "questions/<int:question_id>/papers": Post(["question.limited"], {"is_compulsory": "y"}, "question_reviewer"),
    "banks/<int:bank_id>/topics": Post(["topic.added"], {"name": "Kỹ năng số", "parent": "0"}),
    "banks/<int:bank_id>/topics/<int:topic_id>": Post(
        ["topic.renamed"], {"act": "change", "name": "Tên mới", "parent": "0"}, "question_reviewer"
    ),
    "banks/<int:bank_id>/import": Post([], _file, "question_setter"),
    "banks/<int:bank_id>/imports/<int:import_id>": Post([], {"act": "none"}, "question_setter", _undecided),
    "banks/<int:bank_id>/imports/<int:import_id>/undo": Post(
        ["questions.import_undone"], seat="question_setter", prepare=_just_imported
    ),
    "banks/<int:bank_id>/media": Post(["medium.added"], _picture, "question_setter"),
    "banks/<int:bank_id>/media/<string(length=64):digest>/removal": Post(["medium.removed"]),
    "banks/<int:bank_id>/questions/new": Post(
        ["question.written"], {**QUESTION, "code": "MOI-1"}, "question_setter", query=lambda _: "?kind=single"
    ),
    "banks/<int:bank_id>/retirement": Post(
        ["question.retired"],
        {"note": "Luật đã đổi"},
        "question_reviewer",
        query=lambda world: f"?questions={world.values['question_id']}",
    ),
    "banks/<int:bank_id>/settings": Post(["bank.changed"], _renamed),
    "banks/new": Post(["bank.created"], {"name": "Ngân hàng số 2"}),
    "cancellation": Post(["contest.cancelled"], {"reason": "Mưa lũ"}),
    "copy": Post(
        ["contest.duplicated"],
        {
            "title": "Cuộc thi năm sau",
            "slug": "nam-sau",
            "decision_number": "1/QĐ",
            "decision_date": "2027-01-05",
            "starts_on": "2027-02-01",
        },
    ),
    "edit": Post(["contest.edited"], DETAILS, prepare=_not_opened),
    "groups/<int:group_id>": Post(["group.edited"], {"name": "Công dân"}, prepare=_not_opened),
    "groups/<int:group_id>/deletion": Post(["group.deleted"], prepare=_empty_group),
    "groups/new": Post(["group.added"], {"name": "Học sinh", "age_from": "6", "age_to": "18"}, prepare=_not_opened),
    "invitations/<int:invitation_id>/withdrawal": Post(["seat.withdrawn"]),
    "judging/cases/<int:case_id>": Post(
        ["panel.agreed"], {"score": "50", "note": "Đã đối thoại"}, "chief_judge", _far_apart
    ),
    "judging/cases/<int:case_id>/return": Post(["case.put_back"], {"reason": "Không trùng"}, "chief_judge", _set_aside),
    "judging/cases/<int:case_id>/set-aside": Post(["case.set_aside"], {"reason": "Trùng bài"}, "chief_judge"),
    "judging/conflicts": Post(["conflict.noted"], _conflict, "secretary"),
    "judging/conflicts/<int:conflict_id>/removal": Post(["conflict.removed"], None, "secretary"),
    "judging/reports/<int:report_id>": Post(["report.settled"], {"answer": "Đã quét lại"}, "chief_judge"),
    "judging/rounds/<int:round_id>/next": Post([], None, "judge"),
    "judging/rounds/<int:round_id>/opening": Post(["judging.opened"], None, "secretary", _no_cases),
    "judging/rounds/<int:round_id>/reminder": Post(["judges.reminded"], None, "chief_judge"),
    "judging/sheets/<int:sheet_id>/lock": Post(["sheet.locked"], {"revision": "0"}, "judge", _marked),
    "judging/sheets/<int:sheet_id>/marks": Post([], {"mark-c1": "5", "revision": "0"}, "judge"),
    "judging/sheets/<int:sheet_id>/reopening": Post(
        ["sheet.reopened"], {"reason": "Chấm nhầm tiêu chí"}, "chief_judge", _locked_sheet
    ),
    "judging/sheets/<int:sheet_id>/report": Post(["case.reported"], {"reason": "Tệp mờ"}, "judge", _no_reports),
    "judging/sheets/<int:sheet_id>/return": Post(["sheet.returned"], {"reason": "Người quen"}, "judge"),
    "paper-prints": Post(
        ["papers.ordered"],
        lambda session, _: {"round_id": session.scalar(select(RoundBank.round_id)), "codes": "4", "first_code": "101"},
    ),
    "paper-prints/<int:print_id>/again": Post(["papers.reordered"], prepare=_failed_work),
    "participants/<int:participation_id>/exclusion": Post(["participation.excluded"], {"reason": "Thi hộ"}),
    "participants/<int:participation_id>/extra-time": Post(
        ["participation.extra_time"], {"minutes": "5", "reason": "Khuyết tật vận động"}
    ),
    "participants/<int:participation_id>/reset": Post(
        ["participant.reset"], {"check_note": "Đã xem căn cước"}, "secretary", _citizen
    ),
    "participants/<int:participation_id>/restoration": Post(
        ["participation.restored"], {"reason": "Đã làm rõ"}, prepare=_excluded
    ),
    "pupils/reset": Post(
        ["pupils.reset"], lambda _session, world: {"person": str(world.people["rival"].id)}, "coordinator", _pupil
    ),
    "questions/<int:question_id>/edit": Post(["question.revised"], QUESTION, "question_setter"),
    "questions/<int:question_id>/lock-order": Post(["question.revised"], None, "question_setter"),
    "questions/<int:question_id>/remarks/<int:note_id>": Post(
        ["question.answered"], {"act": "answer", "note": "Đã bổ sung nguồn."}, "question_setter"
    ),
    "questions/<int:question_id>/restoration": Post(
        ["question.restored"], {"note": "Luật lại có hiệu lực"}, "question_reviewer", _in_state(QuestionState.RETIRED)
    ),
    "questions/<int:question_id>/taking-back": Post(
        ["question.taken_back"], None, "question_setter", _in_state(QuestionState.IN_REVIEW)
    ),
    "questions/<int:question_id>/review": Post(["question.remarked"], _looked_at, "question_reviewer"),
    "questions/<int:question_id>/sending": Post(["question.sent"], None, "question_setter", _as_draft),
    "rounds/<int:round_id>": Post(["round.edited"], {"kind": "quiz", "name": "Tuần ba", **WINDOW}),
    "rounds/<int:round_id>/cancellation": Post(["round.cancelled"], {"reason": "Mưa lũ"}, prepare=_open_round),
    "rounds/<int:round_id>/deletion": Post(["round.deleted"]),
    "rounds/<int:round_id>/postponement": Post(["round.postponed"], {"reason": "Mưa lũ", **LATER}, prepare=_open_round),
    "rounds/<int:round_id>/prompts/<int:prompt_id>": Post(
        ["prompt.changed"], {"title": "Đề sửa", "questions-0": "Câu sửa?"}
    ),
    "rounds/<int:round_id>/prompts/<int:prompt_id>/deletion": Post(["prompt.removed"]),
    "rounds/<int:round_id>/prompts/<int:prompt_id>/move": Post(["prompt.moved"], prepare=_second_prompt),
    "rounds/<int:round_id>/prompts/new": Post(
        ["prompt.added"],
        lambda _session, world: {"group": world.values["group_id"], "title": "Đề mới", "questions-0": "Câu mới?"},
    ),
    "rounds/<int:round_id>/release": Post(["set.frozen", "round.released"], prepare=_fillable),
    "rounds/new": Post(["round.added"], {"kind": "quiz", "name": "Tuần 4", **WINDOW}),
    "rules/<code>": Post(["rules.edited"], {**SECTIONS["attempts"], "minutes": "20"}, prepare=_nothing_proposed),
    "rules/proposal": Post(
        ["proposal.made"], {"reason": "Sửa số lượt", "decision_number": "17/QĐ"}, prepare=_nothing_proposed
    ),
    "seats/<int:seat_id>/end": Post(["seat.ended"]),
    "seats/new": Post(
        ["seat.offered"], {"full_name": "Vi Thị Lan", "login": "0912345678", "role": "judge", "unit_id": ""}
    ),
    "statistics/<int:round_id>": Post([], {"sample": "all"}),
    "units/<int:unit_id>/headcount": Post(
        ["headcount.set"], {"people": "120", "valid_from": "2026-07-01", "source": "Báo cáo"}
    ),
    "units/new": Post(["unit.added"], {"kind": "agency", "name": "Sở Nội vụ", "code": "H37.99"}),
}
"""By what follows `/staff/<slug>/` in the address."""

ELSEWHERE = {
    "pupils/enrolment": "needs a workbook: tests/participation/views/test_pupils.py",
    "rounds/<int:round_id>/corrections/<int:number>/count": "needs a round that is over: tests/corrections",
    "rounds/<int:round_id>/corrections/<int:number>/end": "needs a round that is over: tests/corrections",
    "rounds/<int:round_id>/corrections/<int:number>/proposal": "needs a round that is over: tests/corrections",
    "rounds/<int:round_id>/corrections/new/<int:revision_id>": "needs a round that is over: tests/corrections",
    "rounds/<int:round_id>/publication": "needs a round that is over: tests/publication",
    "rounds/<int:round_id>/publication/proposal": "needs a round that is over: tests/publication",
    "rounds/<int:round_id>/publication/new": "needs a round that is over: tests/publication",
    "rounds/<int:round_id>/publication/withdrawal": "needs a published list: tests/publication",
    "rounds/<int:round_id>/standings/ties/<int:group_id>/<int:rank>": "needs people who are tied: tests/standings",
}
