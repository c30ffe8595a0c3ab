from collections import Counter

from sqlalchemy import select

from contest.accounts.domain import ConsentGiver, ConsentPurpose, consents_needed
from contest.accounts.models import Consent, PersonDetails
from contest.accounts.queries import has_consent
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import Entry, EntryFile, EntryVersion, FileState, VersionAnswer
from contest.i18n import local
from contest.participation.models import Participation
from contest.storage import Storage
from tests.factories import NOW
from tests.samples.conftest import Scene


def test_a_dozen_entries_of_every_form_are_judged_and_some_wait_in_the_open_round(scene: Scene) -> None:
    forms: Counter[AnswerForm] = Counter(
        scene.session.scalars(
            select(VersionAnswer.form)
            .join(EntryVersion, EntryVersion.id == VersionAnswer.version_id)
            .join(Entry, Entry.id == EntryVersion.entry_id)
            .where(Entry.round_id == scene.closed.id, Entry.standing == EntryVersion.number)
        )
    )
    assert forms == {AnswerForm.TEXT: 14, AnswerForm.DOCUMENT: 4, AnswerForm.VIDEO: 4, AnswerForm.AUDIO: 2}
    standing = scene.session.scalars(select(Entry.standing).where(Entry.round_id == scene.opened.id)).all()
    assert sorted(number is not None for number in standing) == [False, False, True]


def test_every_file_was_examined_and_has_a_copy_for_judges(scene: Scene) -> None:
    storage: Storage = scene.app.extensions["storage"]
    files = scene.session.scalars(select(EntryFile)).all()
    assert {file.name.partition(".")[2] for file in files} == {"mp4", "mp3", "docx", "pdf"}
    for file in files:
        assert (file.state, file.fault) == (FileState.READY, "")
        assert file.copies
        for copy in file.copies:
            assert storage.size(copy["key"]) == copy["size"] > 0


def test_nothing_of_minors_is_there_without_their_guardians(scene: Scene) -> None:
    today = local(NOW).date()
    people = scene.session.execute(
        select(PersonDetails).join(Participation, Participation.person_id == PersonDetails.person_id)
    ).scalars()
    minors = 0
    for person in people:
        assert person.birth_date is not None
        givers = consents_needed(person.birth_date, today)
        minors += ConsentGiver.GUARDIAN in givers
        for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
            assert has_consent(scene.session, person.person_id, purpose, today)
        given = scene.session.scalars(
            select(Consent).filter_by(person_id=person.person_id, given_by=ConsentGiver.GUARDIAN)
        ).all()
        assert all(consent.giver_name for consent in given)
    assert minors >= 8
