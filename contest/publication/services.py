"""Publishing a round: a proposal of one person, a snapshot by another's yes; withdrawing it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import PersonDetails
from contest.accounts.queries import consented
from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.services import propose
from contest.audit.services import record
from contest.contests.models import Round, RoundKind
from contest.contests.queries import get_round_of
from contest.corrections.domain import source_of_place
from contest.corrections.queries import decided_places
from contest.corrections.queries.told import applied_ids
from contest.errors import DomainError, NotAllowed
from contest.i18n import local, nfc, search_key
from contest.notices.services import take_back_news
from contest.participation.models import Participation
from contest.publication.domain import masked_name, rows_digest, shown_unit
from contest.publication.models import Publication, PublicationRow, PublicationUnit
from contest.publication.policies import may_prepare_publication, may_withdraw_publication
from contest.publication.queries import find_last, find_published
from contest.standings.domain.ranking import Ranked, stored_chain
from contest.standings.queries import Standings, rank_ahead, standings_of, units_by_id
from contest.standings.services import ensure_over, fix_target, lock_round
from contest.work.services import enqueue

KIND = "publication"
TELL = "tell of publication"
"""The kind of queued work that tells everybody whose place is another one than in the list before."""
STANDS = "standings to publish"
"""In `session.info`: the list as it was compared with the approved one. Read again, it could be another."""
PIECE = 500


def prepare_publication(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    decision_number: str,
    decision_date: date,
    checked: str,
    note: str = "",
) -> Proposal:
    """Put the list before a second person: `checked` says what was checked, `note` is public.

    Raises `NotAllowed`, `decision_missing`, `checked_missing`, `public_note_missing` from the second version on,
    `prizes_undecided`, `already_proposed`, and like `standings.services.ensure_over`.
    """
    if not may_prepare_publication(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    last = find_last(session, round_.id)
    ensure_over(session, round_, now)
    _ensure_written(decision_number, checked, note, is_first=last is None)
    fix_target(session, now, round_, actor)
    standings = standings_of(session, round_)
    if standings.undecided:
        raise DomainError("prizes_undecided", people=standings.undecided)
    said = {
        "version": last.version + 1 if last else 1,
        "decision_number": nfc(decision_number),
        "decision_date": decision_date.isoformat(),
        "note": nfc(note),
    }
    content = _content(round_, standings, said)
    reason = checked.strip()
    return propose(
        session, actor, now, contest_id=contest_id, kind=KIND, subject_id=round_.id, content=content, reason=reason
    )


def rank_proposed(session: Session, proposal: Proposal) -> None:
    """Rank before the unit of work that publishes: under its lock the list is only compared with what stands."""
    rank_ahead(session, get_round_of(session, proposal.contest_id, proposal.subject_id))


def proposed_publication(session: Session, proposal: Proposal) -> dict[str, Any]:
    """What the second person says yes to: what was written, and the list as it stands now, and stays meanwhile."""
    round_ = get_round_of(session, proposal.contest_id, proposal.subject_id)
    lock_round(session, round_)
    said = {key: proposal.content[key] for key in ("version", "decision_number", "decision_date", "note")}
    standings = session.info[STANDS] = standings_of(session, round_)
    return _content(round_, standings, said)


def publish(session: Session, actor: Actor, now: datetime, proposal: Proposal) -> None:
    """Store the list that `proposed_publication` compared just now as it is shown from now on.

    Nothing of it ever changes.
    """
    round_ = get_round_of(session, proposal.contest_id, proposal.subject_id)
    standings: Standings = session.info.pop(STANDS)
    content = proposal.content
    publication = Publication(
        round_id=round_.id,
        version=content["version"],
        decision_number=content["decision_number"],
        decision_date=date.fromisoformat(content["decision_date"]),
        note=content["note"],
        rules_version_id=standings.rules.version.id,
        chain=stored_chain(standings.rules.chain),
        target=standings.target,
        is_percent=standings.rules.is_percent,
        participants=standings.counts.participants,
        attempts=standings.counts.attempts,
        all_right=standings.counts.all_right,
        ranking_digest=content["ranking_digest"],
        shown_digest="",
        proposed_by=proposal.proposed_by,
        published_by=actor.person_id,
        published_at=now,
    )
    session.add(publication)
    session.flush()
    rows = _shown_rows(session, round_, standings, now, publication.id)
    units = _shown_units(session, standings, publication.id)
    publication.shown_digest = rows_digest([sorted(row.items()) for row in (*rows, *units)])
    for table, values in ((PublicationRow, rows), (PublicationUnit, units)):
        for start in range(0, len(values), PIECE):
            session.execute(insert(table), values[start : start + PIECE])
    session.flush()
    enqueue(session, now, TELL, {"round_id": round_.id, "version": publication.version})


def withdraw_publication(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, reason: str
) -> Publication:
    """Take a round's list off the public pages. Raises `NotAllowed`, `reason_missing`, `not_published`."""
    if not may_withdraw_publication(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    publication = find_published(session, round_.id)
    if publication is None:
        raise DomainError("not_published")
    publication.withdrawn_at, publication.withdrawn_by = now, actor.person_id
    publication.withdrawal_reason = reason.strip()
    session.flush()
    take_back_news(session, [source_of_place(each) for each in applied_ids(session, round_.id)])
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="publication.withdrawn",
        subject=f"publication:{publication.id}",
        scope=contest_id,
        facts={"round": round_.id, "version": publication.version},
        detail={"reason": reason},
    )
    return publication


def _ensure_written(decision_number: str, checked: str, note: str, *, is_first: bool) -> None:
    if not decision_number.strip():
        raise DomainError("decision_missing", field="decision_number")
    if not checked.strip():
        raise DomainError("checked_missing", field="checked")
    if not is_first and not note.strip():
        raise DomainError("public_note_missing", field="note")


def _content(round_: Round, standings: Standings, said: Mapping[str, Any]) -> dict[str, Any]:
    prizes = Counter(tier.name for group in standings.groups.values() for tier in group.awards.tiers.values())
    names = [tier.name for tier in standings.rules.prizes.tiers]
    return {
        **said,
        "round": round_.name,
        "rules": standings.rules.version.number,
        "participants": standings.counts.participants,
        **({} if round_.kind is RoundKind.ENTRY else {"attempts": standings.counts.attempts}),
        "ranked": sum(len(group.ranked) for group in standings.groups.values()),
        "target": standings.target,
        "is_percent": standings.rules.is_percent,
        "prizes": [[name, prizes[name]] for name in names],
        "ranking_digest": rows_digest(_ranking(standings)),
    }


def _ranking(standings: Standings) -> Iterator[list[object]]:
    """The list without names: what two people agree on."""
    for group_id, group in sorted(standings.groups.items()):
        for each in group.ranked:
            tier = group.awards.tiers.get(each.result.participation_id)
            yield [
                group_id,
                each.rank,
                each.result.participation_id,
                each.result.unit_id,
                dict(each.result.values),
                tier.name if tier else "",
            ]
    for unit in standings.units:
        yield ["unit", unit.rank, unit.unit.unit_id, unit.unit.participants, unit.unit.people, unit.points]


def _shown_rows(
    session: Session, round_: Round, standings: Standings, now: datetime, publication_id: int
) -> list[dict[str, Any]]:
    names = _names(session, round_.contest_id)
    winners = [names[key][0] for group in standings.groups.values() for key in group.awards.tiers]
    named = consented(session, winners, ConsentPurpose.PUBLISH_NAME, local(now).date())
    shown_units, decided = _unit_names(session, standings), dict(decided_places(session, round_.id))
    rows = []
    for group_id, group in sorted(standings.groups.items()):
        for position, each in enumerate(group.ranked, start=1):
            result, tier = each.result, group.awards.tiers.get(each.result.participation_id)
            person_id, full_name = names[result.participation_id]
            shown_name = full_name if tier and person_id in named else masked_name(full_name)
            unit_name = shown_units[result.unit_id]
            rows.append(
                {
                    "publication_id": publication_id,
                    "group_id": group_id,
                    "position": position,
                    "rank": each.rank,
                    "participation_id": result.participation_id,
                    "shown_name": shown_name,
                    "unit_name": unit_name,
                    "search_key": search_key(f"{shown_name} {unit_name}"),
                    "values": dict(result.values) | _decision(each, decided),
                    "deciding_key": each.deciding_key,
                    "tied_with": each.tied_with,
                    "prize": tier.name if tier else "",
                }
            )
    return rows


def _decision(each: Ranked, decided: Mapping[int, str]) -> dict[str, str]:
    """The number of the committee's decision about somebody who shares a place."""
    number = decided.get(each.result.participation_id, "")
    return {"decision": number} if each.tied_with and number else {}


def _names(session: Session, contest_id: int) -> dict[int, tuple[int, str]]:
    rows = session.execute(
        select(Participation.id, Participation.person_id, PersonDetails.full_name)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .where(Participation.contest_id == contest_id)
    )
    return {participation_id: (person_id, full_name) for participation_id, person_id, full_name in rows}


def _unit_names(session: Session, standings: Standings) -> dict[int, str]:
    """What is shown of the unit of each person: its name, or nothing where it would name people."""
    people = Counter(standings.unit_of.values())
    known = units_by_id(session, list(people))
    return {unit_id: shown_unit(known[unit_id].name, number) for unit_id, number in people.items()}


def _shown_units(session: Session, standings: Standings, publication_id: int) -> list[dict[str, Any]]:
    known = units_by_id(session, [each.unit.unit_id for each in standings.units])
    return [
        {
            "publication_id": publication_id,
            "unit_id": each.unit.unit_id,
            "kind": known[each.unit.unit_id].kind,
            "position": position,
            "rank": each.rank,
            "unit_name": known[each.unit.unit_id].name,
            "search_key": known[each.unit.unit_id].search_key,
            "participants": each.unit.participants,
            "people": each.unit.people,
            "rate": each.unit.rate,
            "points": each.points,
        }
        for position, each in enumerate(standings.units, start=1)
    ]
