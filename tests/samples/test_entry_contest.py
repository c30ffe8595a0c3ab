from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.domain import ConsentGiver, ConsentPurpose, consents_needed
from contest.accounts.models import Consent, PersonDetails
from contest.accounts.queries import find_person_by_login, has_consent
from contest.actors import Actor
from contest.audit.queries import chain_findings, chain_scopes
from contest.contests.domain import Phase
from contest.contests.hooks import rule_sections
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import get_contest, held_seats, phased, rounds_of, rules_in_force
from contest.contests.services.rounds import opening_lacks
from contest.db import db, unit_of_work
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import Entry, EntryFile, EntryVersion, FileState, VersionAnswer
from contest.errors import DomainError
from contest.i18n import local
from contest.judging.domain.panel import POINT
from contest.judging.queries import judged_results, panel_of, pending_cases, spreads
from contest.judging.services.queue import take_next
from contest.participation.models import Participation
from contest.samples.entry_contest import load_entry_contest
from contest.samples.people import CHIEF_JUDGE, JUDGE, PUPIL, SECOND_JUDGE
from contest.samples.scores import AGREED_SCORE, marks_of
from contest.storage import Storage
from tests.conftest import StoppedClock
from tests.factories import NOW
from tests.samples.conftest import Loaded


@pytest.fixture
def app(loaded: Loaded) -> Flask:
    clock.use(StoppedClock(NOW))
    return loaded.app


@pytest.fixture
def ids(loaded: Loaded) -> dict[str, int]:
    return loaded.ids


@pytest.fixture(autouse=True)
def _in_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield
        db.session.remove()


def contest_of(session: Session) -> Contest:
    return get_contest(session, "dai-su-van-hoa-doc")


def rounds(session: Session) -> tuple[Round, Round]:
    closed, opened = rounds_of(session, contest_of(session).id)
    return closed, opened


def test_one_round_is_being_judged_and_one_is_open(session: Session) -> None:
    assert [phased(round_, NOW).phase for round_ in rounds(session)] == [Phase.CLOSED, Phase.OPEN]
    assert [round_.kind for round_ in rounds(session)] == [RoundKind.ENTRY] * 2
    assert [opening_lacks(session, round_) for round_ in rounds(session)] == [[], []]


def test_it_is_of_this_year_and_says_that_it_is_a_sample(session: Session) -> None:
    contest = contest_of(session)
    assert contest.is_sample
    assert str(local(NOW).year) in contest.title
    assert contest.decision_number.startswith("MAU-")


def test_the_rules_in_force_are_complete_and_faultless(session: Session) -> None:
    rules = rules_in_force(session, contest_of(session).id)
    assert rules is not None
    assert rules.approved_by != rules.created_by
    for section in rule_sections(frozenset({RoundKind.ENTRY.value})):
        assert section.problems(rules.sections[section.code]) == []


def test_a_dozen_entries_of_every_form_are_judged_and_some_wait_in_the_open_round(session: Session) -> None:
    closed, opened = rounds(session)
    forms: Counter[AnswerForm] = Counter(
        session.scalars(
            select(VersionAnswer.form)
            .join(EntryVersion, EntryVersion.id == VersionAnswer.version_id)
            .join(Entry, Entry.id == EntryVersion.entry_id)
            .where(Entry.round_id == closed.id, Entry.standing == EntryVersion.number)
        )
    )
    assert forms == {AnswerForm.TEXT: 14, AnswerForm.DOCUMENT: 4, AnswerForm.VIDEO: 4, AnswerForm.AUDIO: 2}
    standing = session.scalars(select(Entry.standing).where(Entry.round_id == opened.id)).all()
    assert sorted(number is not None for number in standing) == [False, False, True]


def test_every_file_was_examined_and_has_a_copy_for_judges(app: Flask, session: Session) -> None:
    storage: Storage = app.extensions["storage"]
    files = session.scalars(select(EntryFile)).all()
    assert {file.name.partition(".")[2] for file in files} == {"mp4", "mp3", "docx", "pdf"}
    for file in files:
        assert (file.state, file.fault) == (FileState.READY, "")
        assert file.copies
        for copy in file.copies:
            assert storage.size(copy["key"]) == copy["size"] > 0


def test_spreads_are_just_those_that_the_panels_rule_tells_apart(session: Session) -> None:
    closed, _opened = rounds(session)
    found = spreads(session, closed)
    assert [spread.spread / POINT for spread in found] == [14.0, 14.0, 10.0, 9.5, 7.5, 7.5, 1.5, 0.0]
    assert [spread.needs_agreement for spread in found] == [True] * 3 + [False] * 5
    assert {spread.score for spread in found[:2]} == {None, AGREED_SCORE}
    assert found[2].score is None


def test_one_case_has_one_sheet_and_three_have_none(session: Session) -> None:
    closed, _opened = rounds(session)
    pending = pending_cases(session, closed.id)
    assert (pending.cases, pending.to_agree, pending.waiting) == (12, 2, 4)
    assert sum(result.score is not None for result in judged_results(session, closed)) == 6


def test_each_judge_finds_something_to_do(session: Session, ids: dict[str, int]) -> None:
    closed, _opened = rounds(session)
    for account in (JUDGE, SECOND_JUDGE):
        actor = Actor(ids[account.login], seats=held_seats(session, ids[account.login], NOW))
        assert take_next(session, actor, NOW, contest_id=closed.contest_id, round_id=closed.id) is not None


def test_nothing_of_minors_is_there_without_their_guardians(session: Session) -> None:
    today = local(NOW).date()
    people = session.execute(
        select(PersonDetails).join(Participation, Participation.person_id == PersonDetails.person_id)
    ).scalars()
    minors = 0
    for person in people:
        assert person.birth_date is not None
        givers = consents_needed(person.birth_date, today)
        minors += ConsentGiver.GUARDIAN in givers
        for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
            assert has_consent(session, person.person_id, purpose, today)
        given = session.scalars(
            select(Consent).filter_by(person_id=person.person_id, given_by=ConsentGiver.GUARDIAN)
        ).all()
        assert all(consent.giver_name for consent in given)
    assert minors >= 8


def test_the_pupil_who_can_sign_in_has_a_draft_to_go_on_with(session: Session) -> None:
    _closed, opened = rounds(session)
    person_id = find_person_by_login(session, PUPIL.login)
    entry = session.scalars(select(Entry).filter_by(round_id=opened.id, person_id=person_id)).one()
    assert entry.standing is None
    assert entry.prompt_id is not None


def test_nobody_judges_who_takes_part_and_the_chief_judges_nothing(session: Session, ids: dict[str, int]) -> None:
    closed, _opened = rounds(session)
    chosen = {ids[account.login] for account in (JUDGE, SECOND_JUDGE, CHIEF_JUDGE)}
    assert not chosen & set(session.scalars(select(Participation.person_id)))
    assert panel_of(session, closed).judges == 2


def test_the_record_is_whole_and_nothing_is_from_the_future(session: Session) -> None:
    assert [chain_findings(session, scope) for scope in chain_scopes(session) if chain_findings(session, scope)] == []
    moments = [*session.scalars(select(EntryVersion.handed_in_at)), *session.scalars(select(Entry.changed_at))]
    assert max(moments) <= NOW


def test_a_second_load_is_refused(ids: dict[str, int]) -> None:
    with pytest.raises(DomainError) as error, unit_of_work() as unit:
        load_entry_contest(unit, NOW, ids, [])
    assert error.value.code == "slug_taken"


@pytest.mark.parametrize("total", [0, 500, 64_000, 75_500, 99_500, 100_000])
def test_marks_add_up_in_the_steps_of_the_panel(session: Session, total: int) -> None:
    panel = panel_of(session, rounds(session)[0])
    marks = marks_of(panel, total)
    assert sum(marks.values()) == total
    for criterion in panel.criteria:
        assert 0 <= marks[criterion.code] <= criterion.max_points
        assert marks[criterion.code] % panel.step == 0
