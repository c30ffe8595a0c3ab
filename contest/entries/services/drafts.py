"""Beginning an entry and writing its draft."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.queries import has_consent
from contest.actors import Actor
from contest.contests.domain import Phase, phase
from contest.contests.models import Contest, Group, Round, RoundKind
from contest.contests.queries import is_on_committee, rules_in_force, timetable_of
from contest.entries.domain.drafts import MAX_CHARACTERS
from contest.entries.domain.limits import AnswerForm, Limits
from contest.entries.models import DraftAnswer, Entry, Prompt
from contest.entries.queries import limits_of_version, says_forms
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import local
from contest.participation.models import Participation

PUBLIC_ID_BYTES = 12
QUESTIONS_MAX = 10


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry that its author may change now; it and the participation are locked until the unit of work ends."""

    entry: Entry
    round: Round
    contest: Contest
    participation: Participation
    group: Group


def begin_entry(session: Session, actor: Actor, now: datetime, round_public_id: str) -> Entry:
    """The person's entry in this round, the same one however often it is asked for.

    Raises `not_joined`, `round_not_open`, `consent_missing`, `forms_missing`, `NotAllowed` with `committee_member` or
    `excluded`.
    """
    round_, contest = _round_and_contest(session, round_public_id)
    participation = session.scalar(
        select(Participation)
        .where(Participation.contest_id == contest.id, Participation.person_id == actor.person_id)
        .with_for_update()
    )
    _ensure_outsider(session, actor, now, contest)
    if participation is None:
        raise DomainError("not_joined", slug=contest.slug)
    begun = session.scalar(select(Entry).where(Entry.round_id == round_.id, Entry.participation_id == participation.id))
    if begun is not None:
        return begun
    _ensure_open(round_, participation, now)
    ensure_consent(session, actor, now)
    if not says_forms(rules_in_force(session, contest.id)):
        raise DomainError("forms_missing")
    entry = Entry(
        public_id=secrets.token_urlsafe(PUBLIC_ID_BYTES),
        round_id=round_.id,
        participation_id=participation.id,
        person_id=actor.person_id,
        created_at=now,
        changed_at=now,
    )
    session.add(entry)
    session.flush()
    return entry


def _round_and_contest(session: Session, public_id: str) -> tuple[Round, Contest]:
    row = session.execute(
        select(Round, Contest)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.public_id == public_id, Round.kind == RoundKind.ENTRY)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def get_open_entry(session: Session, actor: Actor, now: datetime, public_id: str) -> OpenEntry:
    """The person's own entry, locked, while it may be changed: every write to an entry begins here.

    Raises `NotFound` for somebody else's, `round_not_open`, `NotAllowed` with `committee_member` or `excluded`.
    """
    row = session.execute(
        select(Entry, Round, Contest, Participation, Group)
        .join(Round, Round.id == Entry.round_id)
        .join(Contest, Contest.id == Round.contest_id)
        .join(Participation, Participation.id == Entry.participation_id)
        .join(Group, Group.id == Participation.group_id)
        .where(Entry.public_id == public_id, Entry.person_id == actor.person_id)
        .with_for_update(of=(Entry, Participation))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    held = OpenEntry(*row)
    _ensure_open(held.round, held.participation, now)
    _ensure_outsider(session, actor, now, held.contest)
    return held


def limits_of(session: Session, held: OpenEntry) -> Limits:
    """What the rules in force ask of the group in which the person takes part. Raises `forms_missing`."""
    return limits_of_version(rules_in_force(session, held.contest.id), held.group.code)


def _ensure_open(round_: Round, participation: Participation, now: datetime) -> None:
    if phase(timetable_of(round_), now) is not Phase.OPEN:
        raise DomainError("round_not_open")
    if participation.excluded_at is not None:
        raise NotAllowed("excluded")


def _ensure_outsider(session: Session, actor: Actor, now: datetime, contest: Contest) -> None:
    if is_on_committee(session, contest.id, actor.person_id, now):
        raise NotAllowed("committee_member")


def ensure_consent(session: Session, actor: Actor, now: datetime) -> None:
    """Raise `consent_missing` unless everybody agrees now who has to."""
    if not has_consent(session, actor.person_id, ConsentPurpose.TAKE_PART, local(now).date()):
        raise DomainError("consent_missing")


def choose_prompt(session: Session, actor: Actor, now: datetime, entry_public_id: str, prompt_id: int) -> Entry:
    """Answer this prompt of one's group; what was written for another one stays. Raises `prompt_unknown`."""
    held = get_open_entry(session, actor, now, entry_public_id)
    prompt = session.scalar(
        select(Prompt).where(
            Prompt.id == prompt_id,
            Prompt.round_id == held.round.id,
            Prompt.group_id == held.participation.group_id,
        )
    )
    if prompt is None:
        raise DomainError("prompt_unknown", field="prompt")
    held.entry.prompt_id, held.entry.changed_at = prompt.id, now
    session.flush()
    return held.entry


def save_text(
    session: Session, actor: Actor, now: datetime, entry_public_id: str, question: int, text: str, revision: int
) -> DraftAnswer:
    """Store the text of an answer over the one that had this `revision`, 0 when there was none.

    Raises `draft_conflict` (stored, revision) with what is stored when that is another one, `text_too_long` (max).
    """
    held = get_open_entry(session, actor, now, entry_public_id)
    text = _tidy(text)
    if len(text) > MAX_CHARACTERS:
        raise DomainError("text_too_long", field="text", max=MAX_CHARACTERS)
    answer = answer_of(session, held, now, question, AnswerForm.TEXT)
    if answer.text == text:
        return answer
    if answer.revision != revision:
        raise DomainError("draft_conflict", field="text", stored=answer.text, revision=answer.revision)
    answer.text, answer.revision, answer.saved_at = text, revision + 1, now
    held.entry.changed_at = now
    session.flush()
    return answer


def _tidy(text: str) -> str:
    """Composed, with one kind of line end; without NUL and halves of characters, which no database stores."""
    whole = text.encode(errors="ignore").decode().replace("\0", "").replace("\r\n", "\n")
    return unicodedata.normalize("NFC", whole)


def choose_form(
    session: Session, actor: Actor, now: datetime, entry_public_id: str, question: int, form: AnswerForm
) -> DraftAnswer:
    """Answer a question in another form; text and file that are there stay. Raises `form_barred`."""
    held = get_open_entry(session, actor, now, entry_public_id)
    if form not in limits_of(session, held).forms:
        raise DomainError("form_barred", field="form", question=question)
    answer = answer_of(session, held, now, question, form)
    if answer.form is not form:
        answer.form, answer.saved_at, held.entry.changed_at = form, now, now
        session.flush()
    return answer


def answer_of(session: Session, held: OpenEntry, now: datetime, question: int, form: AnswerForm) -> DraftAnswer:
    """The draft's answer to this question, a new one in this form if there is none. Raises `NotFound`."""
    if not 1 <= question <= QUESTIONS_MAX:
        raise NotFound
    answer = session.get(DraftAnswer, (held.entry.id, question), populate_existing=True)
    if answer is None:
        answer = DraftAnswer(entry_id=held.entry.id, question=question, form=form, text="", revision=0, saved_at=now)
        session.add(answer)
        session.flush()
    return answer
