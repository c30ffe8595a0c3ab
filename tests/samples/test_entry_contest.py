import pytest
from sqlalchemy import select

from contest.accounts.queries import find_person_by_login
from contest.audit.queries import chain_findings, chain_scopes
from contest.contests.domain import Phase
from contest.contests.models import Group, RoundKind
from contest.contests.queries import groups_of, phased, rules_in_force
from contest.contests.services.rounds import opening_lacks
from contest.db import unit_of_work
from contest.entries.domain.limits import CLIPS, AnswerForm
from contest.entries.models import Entry, EntryVersion
from contest.entries.queries import limits_of_version
from contest.errors import DomainError
from contest.i18n import local
from contest.judging.models import JudgingCase
from contest.participation.models import Participation
from contest.samples.entry_contest import YOUNGEST, load_entry_contest
from contest.samples.people import PUPIL
from tests.factories import NOW
from tests.samples.conftest import Scene


def test_one_round_is_being_judged_and_one_is_open(scene: Scene) -> None:
    assert [phased(round_, NOW).phase for round_ in (scene.closed, scene.opened)] == [Phase.CLOSED, Phase.OPEN]
    assert [round_.kind for round_ in (scene.closed, scene.opened)] == [RoundKind.ENTRY] * 2
    assert [opening_lacks(scene.session, round_) for round_ in (scene.closed, scene.opened)] == [[], []]


def test_it_is_of_this_year_and_says_that_it_is_a_sample(scene: Scene) -> None:
    contest = scene.contest
    assert contest.is_sample
    assert str(local(NOW).year) in contest.title
    assert contest.decision_number.startswith("MAU-")


def test_the_youngest_send_clips_only_and_one_of_them_did(scene: Scene) -> None:
    rules = rules_in_force(scene.session, scene.contest.id)
    forms = {
        group.name: limits_of_version(rules, group.code).forms for group in groups_of(scene.session, scene.contest.id)
    }
    assert forms.pop(YOUNGEST) == CLIPS
    assert set(forms.values()) == {frozenset(AnswerForm)}
    handed_in = select(Entry.standing).join(Participation, Participation.id == Entry.participation_id)
    of_youngest = handed_in.join(Group, Group.id == Participation.group_id).where(Group.name == YOUNGEST)
    assert scene.session.scalars(of_youngest).all() == [1]


def test_the_pupil_who_can_sign_in_has_a_draft_to_go_on_with(scene: Scene) -> None:
    person_id = find_person_by_login(scene.session, PUPIL.login)
    entry = scene.session.scalars(select(Entry).filter_by(round_id=scene.opened.id, person_id=person_id)).one()
    assert entry.standing is None
    assert entry.prompt_id is not None


def test_the_same_pupil_has_an_entry_that_is_judged(scene: Scene) -> None:
    person_id = find_person_by_login(scene.session, PUPIL.login)
    entry = scene.session.scalars(select(Entry).filter_by(round_id=scene.closed.id, person_id=person_id)).one()
    cases = scene.session.scalars(select(JudgingCase.participation_id).filter_by(round_id=scene.closed.id)).all()
    assert entry.standing == 1
    assert entry.participation_id in cases


def test_the_record_is_whole_and_nothing_is_from_the_future(scene: Scene) -> None:
    assert [
        chain_findings(scene.session, scope)
        for scope in chain_scopes(scene.session)
        if chain_findings(scene.session, scope)
    ] == []
    moments = [
        *scene.session.scalars(select(EntryVersion.handed_in_at)),
        *scene.session.scalars(select(Entry.changed_at)),
    ]
    assert max(moments) <= NOW


def test_a_second_load_is_refused(scene: Scene) -> None:
    with pytest.raises(DomainError) as error, unit_of_work() as unit:
        load_entry_contest(unit, NOW, scene.ids, [])
    assert error.value.code == "slug_taken"
