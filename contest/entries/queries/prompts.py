"""Reading the prompts of a round."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.contests.queries import groups_of
from contest.entries.models import Prompt
from contest.errors import NotFound


def prompts_of(session: Session, round_id: int, group_id: int) -> list[Prompt]:
    """The prompts from which people of this group choose, in order."""
    return list(
        session.scalars(
            select(Prompt).where(Prompt.round_id == round_id, Prompt.group_id == group_id).order_by(Prompt.position)
        )
    )


def prompts_by_group(session: Session, round_id: int) -> dict[int, list[Prompt]]:
    """Every prompt of a round, in order, by the group's id."""
    found: dict[int, list[Prompt]] = {}
    for prompt in session.scalars(select(Prompt).where(Prompt.round_id == round_id).order_by(Prompt.position)):
        found.setdefault(prompt.group_id, []).append(prompt)
    return found


def prompts_shown(session: Session, round_: Round, group_id: int | None = None) -> list[tuple[str, list[Prompt]]]:
    """The prompts of a round by the names of its groups, in order; of one group, if it is given. Two statements."""
    prompts = prompts_by_group(session, round_.id)
    shown = [group for group in groups_of(session, round_.contest_id) if group_id in (None, group.id)]
    return [(group.name, prompts[group.id]) for group in shown if group.id in prompts]


def get_prompt(session: Session, round_id: int, prompt_id: int) -> Prompt:
    """A prompt of this round. Raises `NotFound`."""
    prompt = session.scalar(select(Prompt).where(Prompt.round_id == round_id, Prompt.id == prompt_id))
    if prompt is None:
        raise NotFound
    return prompt
