"""A released entry round with two prompts, and a pupil who takes part; entries with texts and files on demand."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Contest, Group, Round, RoundKind, RulesVersion
from contest.entries.domain.limits import AnswerForm, default_limits
from contest.entries.models import DraftAnswer, Entry, EntryFile, EntryVersion, FileState, Prompt
from contest.entries.services import drafts, versions
from contest.participation.models import Participation
from contest.units.models import Unit
from tests.factories import (
    NOW,
    actor_of,
    add,
    make_contest,
    make_group,
    make_participation,
    make_person,
    make_round,
    make_rules,
    make_unit,
)

TEXT = "Em gặp Dế Mèn lần đầu vào mùa hè năm lớp 4."
QUESTIONS = [
    "Giới thiệu một nhân vật trong cuốn sách đã truyền cảm hứng cho bạn.",
    "Nếu là Đại sứ Văn hóa đọc, bạn sẽ làm gì để các bạn vùng sâu, vùng xa đọc sách nhiều hơn?",
]


@dataclass
class World:
    """Rows that the tests of entries stand on. `prompt` asks two questions, `short_prompt` one."""

    contest: Contest
    round: Round
    rules: RulesVersion
    group: Group
    unit: Unit
    prompt: Prompt
    short_prompt: Prompt
    person: Person
    participation: Participation
    actor: Actor


def make_world(session: Session, *, limits: dict[str, Any] | None = None, **round_values: Any) -> World:
    """Commits. `limits` replaces values of the section "forms"; the window is [NOW − 2 days, NOW + 5 days)."""
    contest = make_contest(session, title="Đại sứ Văn hóa đọc 2026")
    rules = make_rules(session, contest, {"forms": {**default_limits(), **(limits or {})}})
    round_ = make_round(
        session,
        contest,
        "Vòng tỉnh",
        **{"kind": RoundKind.ENTRY, "closes_at": NOW + timedelta(days=5), **round_values},
    )
    group = make_group(session, contest, "Trung học cơ sở")
    unit = make_unit(session, "Trường PTDTBT THCS xã Mẫu Sơn")
    prompt = make_prompt(session, round_, group)
    short = make_prompt(session, round_, group, title="Viết tiếp câu chuyện", questions=QUESTIONS[:1], position=2)
    person = make_person(session, "Lý Hà Phương")
    participation = make_participation(session, contest, person, group_id=group.id, unit_id=unit.id)
    session.commit()
    return World(contest, round_, rules, group, unit, prompt, short, person, participation, actor_of(person))


def rule_for(session: Session, world: World, group: Group, **said: Any) -> None:
    """The rules in force say this otherwise for one group. Commits."""
    section = world.rules.sections["forms"]
    world.rules.sections = {"forms": {**section, "groups": [{"groups": {group.code: group.name}, **said}]}}
    session.add(world.rules)
    session.commit()


def make_prompt(session: Session, round_: Round, group: Group, **values: Any) -> Prompt:
    defaults = {"title": "Nhân vật truyền cảm hứng", "questions": list(QUESTIONS), "position": 1}
    return add(session, Prompt(round_id=round_.id, group_id=group.id, **{**defaults, **values}))


def join(session: Session, world: World, full_name: str = "Nông Văn Bền", **values: Any) -> Actor:
    """One more person who takes part, in the same group and unit unless told otherwise."""
    person = make_person(session, full_name)
    places = {"group_id": world.group.id, "unit_id": world.unit.id, **values}
    make_participation(session, world.contest, person, **places)
    session.commit()
    return actor_of(person)


def begin(session: Session, world: World, actor: Actor | None = None, now: datetime = NOW) -> Entry:
    entry = drafts.begin_entry(session, actor or world.actor, now, world.round.public_id)
    session.commit()
    return entry


def write(session: Session, world: World, texts: list[str], actor: Actor | None = None, now: datetime = NOW) -> Entry:
    """A draft for the first prompt that asks as many questions as there are texts."""
    author = actor or world.actor
    entry = begin(session, world, author, now)
    prompt = world.prompt if len(texts) == len(world.prompt.questions) else world.short_prompt
    drafts.choose_prompt(session, author, now, entry.public_id, prompt.id)
    for question, text in enumerate(texts, start=1):
        earlier = session.get(DraftAnswer, (entry.id, question))
        revision = earlier.revision if earlier else 0
        drafts.save_text(session, author, now, entry.public_id, question, text, revision)
    session.commit()
    return entry


def hand_in(
    session: Session, world: World, texts: list[str] | None = None, actor: Actor | None = None, now: datetime = NOW
) -> EntryVersion:
    """Write and hand in; by default one text for the short prompt."""
    entry = write(session, world, [TEXT] if texts is None else texts, actor, now)
    version = versions.hand_in(session, actor or world.actor, now, entry.public_id, is_committed=True)
    session.commit()
    return version


def put_file(
    session: Session, entry: Entry, question: int = 1, form: AnswerForm = AnswerForm.VIDEO, **values: Any
) -> EntryFile:
    """A file as the answer of a question in the draft; ready unless told otherwise. Commits."""
    defaults = {
        "name": "ke-hoach-doc-sach.mp4",
        "size": 1000,
        "received": 1000,
        "state": FileState.READY,
        "mime": "video/mp4",
        "duration_ms": 402_000,
        "width": 1280,
        "height": 720,
        "digest": secrets.token_hex(32),
        "key": f"entries/aa/{secrets.token_hex(8)}",
        "copies": [{"key": f"entries/bb/{secrets.token_hex(8)}", "mime": "video/mp4", "size": 900}],
    }
    file: EntryFile = add(
        session,
        EntryFile(
            public_id=secrets.token_urlsafe(12),
            entry_id=entry.id,
            question=question,
            form=form,
            created_at=NOW,
            touched_at=NOW,
            **{**defaults, **values},
        ),
    )
    answer = session.get(DraftAnswer, (entry.id, question)) or DraftAnswer(
        entry_id=entry.id, question=question, form=form, saved_at=NOW
    )
    answer.form, answer.file_id = form, file.id
    add(session, answer)
    session.commit()
    return file


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
