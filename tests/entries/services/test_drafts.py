"""Beginning an entry and writing its draft, on both databases."""

import threading
import unicodedata
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.accounts.models import Consent
from contest.contests.models import Role
from contest.db import unit_of_work
from contest.entries.domain.drafts import MAX_CHARACTERS
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import DraftAnswer
from contest.entries.services import drafts
from contest.errors import DomainError, NotAllowed, NotFound
from tests.entries.world import World, begin, join, make_prompt, make_world, put_file, rule_for, run_all, write
from tests.factories import NOW, actor_of, make_group, make_person, make_round, make_seat

TICK = timedelta(microseconds=1)


def moments(world: World) -> dict[str, datetime]:
    opens_at, closes_at = world.round.opens_at, world.round.closes_at
    return {"opening": opens_at, "before": opens_at - TICK, "last": closes_at - TICK, "closing": closes_at}


@pytest.mark.parametrize(
    ("moment", "is_open"), [("before", False), ("opening", True), ("last", True), ("closing", False)]
)
def test_an_entry_begins_and_changes_only_within_the_window(session: Session, moment: str, is_open: bool) -> None:
    world = make_world(session)
    now = moments(world)[moment]
    begun = begin(session, world, join(session, world), NOW)
    author = actor_of(session.get_one(type(world.person), begun.person_id))
    acts = [
        lambda: drafts.begin_entry(session, world.actor, now, world.round.public_id),
        lambda: drafts.choose_prompt(session, author, now, begun.public_id, world.prompt.id),
        lambda: drafts.save_text(session, author, now, begun.public_id, 1, "Em", 0),
        lambda: drafts.choose_form(session, author, now, begun.public_id, 1, AnswerForm.AUDIO),
    ]
    for act in acts:
        if is_open:
            act()
        else:
            with pytest.raises(DomainError, match="round_not_open"):
                act()


def test_a_person_has_one_entry_in_a_round(session: Session) -> None:
    world = make_world(session)
    other = make_round(session, world.contest, "Vòng 2", kind=world.round.kind, position=2)
    session.commit()
    first = begin(session, world)
    assert begin(session, world, now=NOW + timedelta(hours=1)).id == first.id
    assert drafts.begin_entry(session, world.actor, NOW, other.public_id).id != first.id


def test_an_entry_that_was_begun_is_found_again_after_the_round_has_closed(session: Session) -> None:
    world = make_world(session)
    first = begin(session, world)
    assert begin(session, world, now=world.round.closes_at).id == first.id


@pytest.mark.parametrize("backend", ["postgresql"])
def test_two_starts_at_once_make_one_entry(app: Flask, session: Session) -> None:
    world = make_world(session)
    barrier = threading.Barrier(4)
    ids: list[int] = []

    def start() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                ids.append(drafts.begin_entry(unit, world.actor, NOW, world.round.public_id).id)

    run_all([threading.Thread(target=start) for _ in range(4)])
    assert len(ids) == 4
    assert len(set(ids)) == 1


def test_who_may_not_take_part_cannot_begin(session: Session) -> None:
    world = make_world(session)
    stranger = actor_of(make_person(session))
    with pytest.raises(DomainError, match="not_joined"):
        drafts.begin_entry(session, stranger, NOW, world.round.public_id)
    session.query(Consent).filter_by(person_id=world.person.id).update({"withdrawn_at": NOW})
    with pytest.raises(DomainError, match="consent_missing"):
        drafts.begin_entry(session, world.actor, NOW, world.round.public_id)
    world.participation.excluded_at = NOW
    with pytest.raises(NotAllowed, match="excluded"):
        drafts.begin_entry(session, world.actor, NOW, world.round.public_id)


@pytest.mark.parametrize(("role", "is_out"), [(Role.JUDGE, True), (Role.SECRETARY, True), (Role.COORDINATOR, False)])
def test_committee_members_take_no_part_but_coordinators_of_a_unit_may(
    session: Session, role: Role, is_out: bool
) -> None:
    world = make_world(session)
    entry = begin(session, world)
    make_seat(session, world.contest, world.person, role, unit_id=world.unit.id)
    if is_out:
        with pytest.raises(NotAllowed, match="committee_member"):
            drafts.begin_entry(session, world.actor, NOW, world.round.public_id)
        with pytest.raises(NotAllowed, match="committee_member"):
            drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "Em", 0)
    else:
        assert drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "Em", 0).revision == 1


def test_who_was_excluded_meanwhile_changes_nothing(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    world.participation.excluded_at = NOW
    session.commit()
    with pytest.raises(NotAllowed, match="excluded"):
        drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "Em", 0)


def test_rules_that_say_nothing_of_entries_let_nobody_begin(session: Session) -> None:
    world = make_world(session)
    world.rules.sections = {}
    with pytest.raises(DomainError, match="forms_missing"):
        drafts.begin_entry(session, world.actor, NOW, world.round.public_id)


def test_a_quiz_round_takes_no_entries(session: Session) -> None:
    world = make_world(session)
    quiz = make_round(session, world.contest, position=2)
    with pytest.raises(NotFound):
        drafts.begin_entry(session, world.actor, NOW, quiz.public_id)


def test_somebody_elses_entry_is_not_there(session: Session) -> None:
    world = make_world(session)
    entry, rival = begin(session, world), join(session, world)
    for act in (
        lambda: drafts.save_text(session, rival, NOW, entry.public_id, 1, "Em", 0),
        lambda: drafts.choose_form(session, rival, NOW, entry.public_id, 1, AnswerForm.TEXT),
        lambda: drafts.choose_prompt(session, rival, NOW, entry.public_id, world.prompt.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_text_is_stored_composed_over_the_revision_it_was_written_on(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    sent = unicodedata.normalize("NFD", "Dế Mèn") + "\r\nphiêu\0 lưu\ud800"
    first = drafts.save_text(session, world.actor, NOW, entry.public_id, 1, sent, 0)
    assert (first.text, first.revision, first.saved_at) == ("Dế Mèn\nphiêu lưu", 1, NOW)
    second = drafts.save_text(session, world.actor, NOW + timedelta(minutes=1), entry.public_id, 1, "Dế Choắt", 1)
    assert (second.text, second.revision, entry.changed_at) == ("Dế Choắt", 2, NOW + timedelta(minutes=1))


@pytest.mark.parametrize("revision", [0, 1, 3, 2**40])
def test_a_text_over_another_revision_overwrites_nothing_and_gets_what_is_stored(
    session: Session, revision: int
) -> None:
    world = make_world(session)
    entry = begin(session, world)
    drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "một", 0)
    drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "hai", 1)
    with pytest.raises(DomainError, match="draft_conflict") as caught:
        drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "khác", revision)
    assert caught.value.values == {"stored": "hai", "revision": 2}
    assert session.get_one(DraftAnswer, (entry.id, 1)).text == "hai"


def test_the_same_text_again_is_no_conflict(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "một", 0)
    assert drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "một", 0).revision == 1


def test_a_text_has_a_longest_length(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    longest = "ữ" * MAX_CHARACTERS
    assert drafts.save_text(session, world.actor, NOW, entry.public_id, 1, longest, 0).text == longest
    with pytest.raises(DomainError, match="text_too_long"):
        drafts.save_text(session, world.actor, NOW, entry.public_id, 1, longest + "x", 1)


@pytest.mark.parametrize(("question", "is_there"), [(0, False), (1, True), (10, True), (11, False)])
def test_there_are_at_most_ten_questions(session: Session, question: int, is_there: bool) -> None:
    world = make_world(session)
    entry = begin(session, world)
    if is_there:
        assert drafts.save_text(session, world.actor, NOW, entry.public_id, question, "Em", 0).question == question
    else:
        with pytest.raises(NotFound):
            drafts.save_text(session, world.actor, NOW, entry.public_id, question, "Em", 0)


def test_another_prompt_or_form_keeps_what_was_written(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, ["một", "hai"])
    file = put_file(session, entry, 2)
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, world.short_prompt.id)
    drafts.choose_form(session, world.actor, NOW, entry.public_id, 2, AnswerForm.TEXT)
    session.commit()
    answers = session.query(DraftAnswer).filter_by(entry_id=entry.id).order_by(DraftAnswer.question).all()
    assert [(each.form.value, each.text, each.file_id) for each in answers] == [
        ("text", "một", None),
        ("text", "hai", file.id),
    ]


def test_only_prompts_of_the_own_group_and_round_can_be_chosen(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    elders = make_group(session, world.contest, "Trung học phổ thông", position=2)
    later = make_round(session, world.contest, "Vòng 2", kind=world.round.kind, position=2)
    for prompt in (make_prompt(session, world.round, elders), make_prompt(session, later, world.group)):
        with pytest.raises(DomainError, match="prompt_unknown"):
            drafts.choose_prompt(session, world.actor, NOW, entry.public_id, prompt.id)


def test_only_forms_of_the_rules_can_be_chosen(session: Session) -> None:
    world = make_world(session, limits={"forms": ["text", "video"]})
    entry = begin(session, world)
    assert drafts.choose_form(session, world.actor, NOW, entry.public_id, 1, AnswerForm.VIDEO).form == "video"
    with pytest.raises(DomainError, match="form_barred"):
        drafts.choose_form(session, world.actor, NOW, entry.public_id, 1, AnswerForm.AUDIO)


def test_forms_are_those_of_the_own_group(session: Session) -> None:
    world = make_world(session)
    younger = make_group(session, world.contest, "Tiểu học, lớp 1 và lớp 2", position=0)
    rule_for(session, world, younger, forms=["video"])
    child = join(session, world, group_id=younger.id)
    entry, other = begin(session, world, child), begin(session, world)
    assert drafts.choose_form(session, child, NOW, entry.public_id, 1, AnswerForm.VIDEO).form == "video"
    with pytest.raises(DomainError, match="form_barred"):
        drafts.choose_form(session, child, NOW, entry.public_id, 1, AnswerForm.TEXT)
    assert drafts.choose_form(session, world.actor, NOW, other.public_id, 1, AnswerForm.TEXT).form == "text"
