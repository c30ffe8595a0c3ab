"""Reading the rules of a contest."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.domain import RuleSection
from contest.contests.hooks import rule_sections
from contest.contests.models import Round, RulesState, RulesVersion
from contest.contests.queries.contests import round_kinds
from contest.errors import NotFound

PRINTED = (RulesState.IN_FORCE, RulesState.SUPERSEDED)


def rules_in_force(session: Session, contest_id: int) -> RulesVersion | None:
    """The version of the rules that binds now, if one was ever approved."""
    return session.scalar(
        select(RulesVersion).where(RulesVersion.contest_id == contest_id, RulesVersion.state == RulesState.IN_FORCE)
    )


def rules_at_closing(session: Session, round_: Round) -> RulesVersion | None:
    """The version that ranks and judges this round: the one in force when it closed."""
    return session.scalar(
        select(RulesVersion)
        .where(
            RulesVersion.contest_id == round_.contest_id,
            RulesVersion.state.in_(PRINTED),
            RulesVersion.in_force_at <= round_.closes_at,
        )
        .order_by(RulesVersion.in_force_at.desc(), RulesVersion.number.desc())
        .limit(1)
    )


def find_pending_rules(session: Session, contest_id: int) -> RulesVersion | None:
    """The version that is being written or waits for a second person."""
    pending = (RulesState.DRAFT, RulesState.PROPOSED)
    return session.scalar(
        select(RulesVersion).where(RulesVersion.contest_id == contest_id, RulesVersion.state.in_(pending))
    )


def latest_rules(session: Session, contest_id: int) -> RulesVersion | None:
    """The version in force, else the newest one written."""
    return rules_in_force(session, contest_id) or session.scalar(
        select(RulesVersion).where(RulesVersion.contest_id == contest_id).order_by(RulesVersion.number.desc()).limit(1)
    )


def printed_versions(session: Session, contest_id: int) -> list[RulesVersion]:
    """Every version that is or was in force, newest first."""
    return list(
        session.scalars(
            select(RulesVersion)
            .where(RulesVersion.contest_id == contest_id, RulesVersion.state.in_(PRINTED))
            .order_by(RulesVersion.number.desc())
        )
    )


def get_rules_version(session: Session, contest_id: int, *, version_id: int) -> RulesVersion:
    """The contest's own version with this id, in whatever state. Raises `NotFound`."""
    version = session.scalar(
        select(RulesVersion).where(RulesVersion.contest_id == contest_id, RulesVersion.id == version_id)
    )
    if version is None:
        raise NotFound
    return version


def sections_of(session: Session, contest_id: int) -> list[RuleSection]:
    """The sections that concern the contest's rounds, in order."""
    return rule_sections(frozenset(round_kinds(session, contest_id)))


def section_values(sections: Sequence[RuleSection], version: RulesVersion | None) -> dict[str, Mapping[str, Any]]:
    """The value of each section: as written in the version, else as a new contest has it."""
    written = version.sections if version else {}
    return {section.code: written.get(section.code) or section.default() for section in sections}
