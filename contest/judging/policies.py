"""What a seat lets a person do in judging.

| seat        | opens judging | judges | settles (agreement, reopening, setting aside, reports) | notes conflicts |
|-------------|---------------|--------|--------------------------------------------------------|-----------------|
| judge       | no            | yes    | no                                                     | no              |
| chief judge | yes           | no     | yes                                                    | yes             |
| secretary   | yes           | no     | no                                                     | yes             |
| organizer   | yes           | no     | no                                                     | no              |

Nobody opens their own locked sheet again: of a chief judge who also judges, another chief judge does, with a reason.
A chief judge who also holds a judge's seat judges like every judge, and is blind like every judge until then.
"""

from contest.actors import Actor
from contest.contests.models import Role

JUDGES = frozenset({Role.JUDGE})
CHIEFS = frozenset({Role.CHIEF_JUDGE})
OPENERS = frozenset({Role.CHIEF_JUDGE, Role.SECRETARY, Role.ORGANIZER})
CONFLICT_KEEPERS = frozenset({Role.CHIEF_JUDGE, Role.SECRETARY})


def may_judge(actor: Actor, contest_id: int) -> bool:
    """Take cases and fill sheets."""
    return actor.holds(contest_id, *JUDGES)


def may_settle(actor: Actor, contest_id: int) -> bool:
    """See the sheets, agree scores, open sheets again, set cases aside, answer reports."""
    return actor.holds(contest_id, *CHIEFS)


def may_reopen(actor: Actor, contest_id: int, judge_id: int) -> bool:
    """Open a locked sheet again: the chief judge, and never their own; who scored may have seen the others' by now."""
    return may_settle(actor, contest_id) and judge_id != actor.person_id


def may_open_judging(actor: Actor, contest_id: int) -> bool:
    """Turn the entries that count into cases, and follow how far judging is."""
    return actor.holds(contest_id, *OPENERS)


def may_note_conflicts(actor: Actor, contest_id: int) -> bool:
    """Note who must not judge whom."""
    return actor.holds(contest_id, *CONFLICT_KEEPERS)
