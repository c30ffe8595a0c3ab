"""Handing in and withdrawing, on both databases."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.accounts.models import Consent
from contest.db import unit_of_work
from contest.entries.domain.limits import COMMITMENT, AnswerForm
from contest.entries.models import EntryFile, EntryVersion, FileState, VersionAnswer
from contest.entries.queries import versions_of
from contest.entries.services import drafts, versions
from contest.errors import DomainError, NotAllowed, NotFound
from tests.entries.world import TEXT, World, hand_in, join, make_prompt, make_world, put_file, rule_for, run_all, write
from tests.factories import NOW, make_group

LATER = NOW + timedelta(hours=1)


def submit(session: Session, world: World, entry_id: str, now: object = NOW, **values: object) -> EntryVersion:
    return versions.hand_in(session, world.actor, now, entry_id, **{"is_committed": True, **values})


def test_a_version_is_the_draft_as_it_stands(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT, "chữ này không nộp"])
    file = put_file(session, entry, 2, AnswerForm.VIDEO)
    version = submit(session, world, entry.public_id)
    session.commit()
    assert (version.number, version.prompt_id, version.rules_version_id) == (1, world.prompt.id, world.rules.id)
    assert (version.commitment, version.handed_in_at, version.withdrawn_at) == (COMMITMENT, NOW, None)
    assert entry.standing == 1
    assert world.participation.frozen_at == NOW
    answers = session.query(VersionAnswer).order_by(VersionAnswer.question).all()
    assert [(each.form.value, each.text, each.words, each.file_id) for each in answers] == [
        ("text", TEXT, 12, None),
        ("video", "", None, file.id),
    ]


def test_every_version_is_kept_and_the_last_one_counts(session: Session) -> None:
    world = make_world(session)
    first = hand_in(session, world, ["một"])
    second = hand_in(session, world, ["hai"], now=LATER)
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    entry = write(session, world, ["hai"])
    assert entry.standing == 2
    assert [each.withdrawn_at for each in versions_of(session, entry.id)] == [None, None]


def test_an_unchanged_draft_handed_in_again_is_the_same_version(session: Session) -> None:
    world = make_world(session)
    first = hand_in(session, world, ["một"])
    assert hand_in(session, world, ["một"], now=LATER).id == first.id
    assert hand_in(session, world, ["hai"], now=LATER).number == 2
    assert hand_in(session, world, ["một"], now=LATER).number == 3


@pytest.mark.parametrize(
    ("seconds", "is_open"), [(-1, True), (0, False)], ids=["the last moment", "the closing instant"]
)
def test_handing_in_and_withdrawing_end_with_the_round(session: Session, seconds: int, is_open: bool) -> None:
    world = make_world(session)
    now = world.round.closes_at + timedelta(seconds=seconds)
    hand_in(session, world, ["một"])
    entry = write(session, world, ["hai"])
    if is_open:
        assert submit(session, world, entry.public_id, now).number == 2
        assert versions.withdraw(session, world.actor, now, entry.public_id).withdrawn_at == now
    else:
        with pytest.raises(DomainError, match="round_not_open"):
            submit(session, world, entry.public_id, now)
        with pytest.raises(DomainError, match="round_not_open"):
            versions.withdraw(session, world.actor, now, entry.public_id)
        assert entry.standing == 1


@pytest.mark.parametrize(("words", "fits"), [(4, True), (5, True), (6, False)])
def test_a_text_has_at_most_the_words_of_the_rules(session: Session, words: int, fits: bool) -> None:
    world = make_world(session, limits={"words_max": 5})
    entry = write(session, world, [" ".join(["chữ"] * words)])
    if fits:
        assert submit(session, world, entry.public_id).number == 1
    else:
        with pytest.raises(DomainError, match="entry_incomplete"):
            submit(session, world, entry.public_id)


@pytest.mark.parametrize(
    ("state", "fault", "is_taken"),
    [
        (FileState.READY, "", True),
        (FileState.CHECKING, "", True),
        (FileState.RECEIVING, "", False),
        (FileState.REFUSED, "video_length", False),
        (FileState.DISCARDED, "", False),
    ],
)
def test_a_file_is_handed_in_once_it_has_arrived_unless_it_was_refused(
    session: Session, state: FileState, fault: str, is_taken: bool
) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT])
    put_file(session, entry, 1, state=state, fault=fault)
    if is_taken:
        assert submit(session, world, entry.public_id).number == 1
    else:
        with pytest.raises(DomainError, match="entry_incomplete"):
            submit(session, world, entry.public_id)


def test_a_digest_names_a_file_by_its_content(session: Session) -> None:
    world = make_world(session)
    digests = []
    for content in ("a" * 64, "a" * 64, "b" * 64):
        entry = write(session, world, ["x"])
        put_file(session, entry, 1, digest=content)
        digests.append(submit(session, world, entry.public_id).digest)
        session.commit()
    assert digests[0] == digests[1] != digests[2]
    assert session.query(EntryFile).count() == 3


def test_nothing_is_handed_in_without_the_commitment_or_with_an_open_question(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT, ""])
    with pytest.raises(DomainError, match="commitment_missing"):
        submit(session, world, entry.public_id, is_committed=False)
    with pytest.raises(DomainError, match="entry_incomplete") as caught:
        submit(session, world, entry.public_id)
    assert caught.value.values == {"count": 1}
    assert entry.standing is None
    assert world.participation.frozen_at is None


def test_whoever_changed_groups_chooses_a_prompt_of_the_new_one(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT])
    elders = make_group(session, world.contest, "Trung học phổ thông", position=2)
    world.participation.group_id = elders.id
    session.commit()
    with pytest.raises(DomainError, match="entry_incomplete"):
        submit(session, world, entry.public_id)
    prompt = make_prompt(session, world.round, elders, questions=["Một câu"])
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, prompt.id)
    assert submit(session, world, entry.public_id).prompt_id == prompt.id


def test_a_file_of_another_group_has_to_fit_what_this_group_may_hand_in(session: Session) -> None:
    world = make_world(session)
    rule_for(session, world, world.group, clip_max_seconds=300)
    entry = write(session, world, [TEXT, ""])
    clip = put_file(session, entry, 2, AnswerForm.VIDEO, duration_ms=300_001)
    with pytest.raises(DomainError, match="entry_incomplete"):
        submit(session, world, entry.public_id)
    clip.duration_ms = 300_000
    session.commit()
    assert submit(session, world, entry.public_id).number == 1


def test_nobody_hands_in_for_somebody_else_while_excluded_or_without_consent(session: Session) -> None:
    world = make_world(session)
    entry, rival = write(session, world, [TEXT]), join(session, world)
    for act in (versions.hand_in, lambda *given, **_: versions.withdraw(*given)):
        with pytest.raises(NotFound):
            act(session, rival, NOW, entry.public_id, is_committed=True)
    session.query(Consent).filter_by(person_id=world.person.id).update({"withdrawn_at": NOW})
    with pytest.raises(DomainError, match="consent_missing"):
        submit(session, world, entry.public_id)
    world.participation.excluded_at = NOW
    session.commit()
    with pytest.raises(NotAllowed, match="excluded"):
        submit(session, world, entry.public_id)


def test_a_withdrawn_entry_does_not_count_until_it_is_handed_in_again(session: Session) -> None:
    world = make_world(session)
    version = hand_in(session, world)
    entry = write(session, world, [TEXT])
    versions.withdraw(session, world.actor, LATER, entry.public_id)
    session.commit()
    assert (version.withdrawn_at, entry.standing) == (LATER, None)
    with pytest.raises(DomainError, match="nothing_handed_in"):
        versions.withdraw(session, world.actor, LATER, entry.public_id)
    again = submit(session, world, entry.public_id, LATER)
    assert (again.number, again.digest, entry.standing) == (2, version.digest, 2)


@pytest.mark.parametrize("backend", ["postgresql"])
def test_two_hand_ins_at_once_make_one_version(app: Flask, session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT])
    barrier = threading.Barrier(4)
    numbers: list[int] = []

    def act() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                numbers.append(submit(unit, world, entry.public_id).number)

    run_all([threading.Thread(target=act) for _ in range(4)])
    assert numbers == [1] * 4
    assert session.query(EntryVersion).count() == 1


@pytest.mark.parametrize("backend", ["postgresql"])
def test_saving_and_handing_in_at_once_keep_to_an_order(app: Flask, session: Session) -> None:
    """The version holds the text before or after the save, and an answer that was acknowledged is never lost."""
    world = make_world(session)
    entry = write(session, world, ["cũ"])
    barrier = threading.Barrier(2)

    def save() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                drafts.save_text(unit, world.actor, NOW, entry.public_id, 1, "mới", 1)

    def act() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                submit(unit, world, entry.public_id)

    run_all([threading.Thread(target=save), threading.Thread(target=act)])
    assert session.query(VersionAnswer.text).scalar() in {"cũ", "mới"}
    session.expire_all()
    assert drafts.save_text(session, world.actor, NOW, entry.public_id, 1, "mới", 2).revision == 2


@pytest.mark.parametrize(("words", "is_taken"), [(5, True), (6, False)])
def test_the_limits_of_the_own_group_decide_what_can_be_handed_in(session: Session, words: int, is_taken: bool) -> None:
    world = make_world(session, limits={"words_max": 2})
    rule_for(session, world, world.group, words_max=5)
    entry = write(session, world, ["chữ " * words])
    if is_taken:
        assert versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True).number == 1
        return
    with pytest.raises(DomainError, match="entry_incomplete"):
        versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
