"""The rules as readers see them: printed lines, what changed between versions, and what a round still lacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from contest.approvals.domain import ActKind
from contest.approvals.models import Proposal
from contest.contests.domain import Lack, RuleLine, line_changes
from contest.contests.hooks import rule_sections
from contest.contests.models import Round
from contest.contests.policies import DECIDE
from contest.contests.queries import find_pending_rules, get_rules_version, rules_in_force
from contest.contests.services.rules import KIND, back_to_draft, proposed_content, put_in_force
from contest.web.content import content, worded


def printed(values: Mapping[str, Mapping[str, Any]]) -> list[RuleLine]:
    """The lines of a version in the order of its sections; a section that no feature executes prints nothing."""
    return [
        line for section in rule_sections() if section.code in values for line in section.lines(values[section.code])
    ]


def _proposed(session: Session, proposal: Proposal) -> Mapping[str, Any]:
    return proposed_content(session, get_rules_version(session, proposal.contest_id, version_id=proposal.subject_id))


def _lines(proposed: Mapping[str, Any]) -> Sequence[tuple[str, ...]]:
    head = [(gettext("Version"), str(proposed["number"]))]
    if proposed["decision_number"]:
        head.append((gettext("Decision"), content(proposed["decision_number"])))
    changes = line_changes(printed(proposed["sections"]), printed(proposed["replaces"]))
    return [*head, *(_change(line.term, line.now, line.before, bool(proposed["replaces"])) for line in changes)]


def _change(term: str, now: str, before: str, is_compared: bool) -> tuple[str, ...]:
    if now == before or not is_compared:
        return term, now
    note = worded(gettext("Changed. In force now: %(text)s"), text=before) if before else gettext("New.")
    return term, now or gettext("No longer in the rules."), note


RULES = ActKind(
    code=KIND,
    title=lazy_gettext("Rules of the contest"),
    deciders=DECIDE,
    content=_proposed,
    lines=_lines,
    carry_out=put_in_force,
    put_back=back_to_draft,
)


def rules_lacks(session: Session, row: Round) -> list[Lack]:
    """A round needs rules in force; a version that waits is named, so that somebody decides on it."""
    pending = find_pending_rules(session, row.contest_id)
    waits = pending is not None and pending.state == "proposed"
    if rules_in_force(session, row.contest_id) is None:
        sentence = (
            gettext("The rules wait for a second person.") if waits else gettext("There are no rules in force yet.")
        )
        return [Lack("rules_missing", sentence, fix_endpoint="approvals.index" if waits else "rules.index")]
    if waits:
        sentence = gettext("A new version of the rules waits for a second person.")
        return [Lack("rules_waiting", sentence, blocks=False, fix_endpoint="approvals.index")]
    return []
