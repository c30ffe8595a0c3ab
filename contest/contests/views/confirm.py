"""A page that asks before a grave act: what will happen, to how many, and why."""

from collections.abc import Callable, Sequence

from flask import flash, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest.web.forms import BaseForm, carried_out, page

Reply = Response | tuple[str, int]


def confirmed(
    form: BaseForm,
    act: Callable[[Session], object],
    *,
    question: str,
    effects: Sequence[str],
    label: str,
    back: str,
    done: str,
    after: str = "",
    kind: str = "danger",
) -> Reply:
    """Ask on GET, with the fields of the form; on POST carry out `act`, say `done` and go `after` it, or `back`."""
    if carried_out(form, lambda session: (act(session),)):
        flash(done, "ok")
        return redirect(after or back, 303)
    return page("staff/confirm.html", form, question=question, effects=effects, label=label, back=back, kind=kind)
