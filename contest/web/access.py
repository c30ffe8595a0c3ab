"""Who may open a page. Every view declares it with one of these; a test finds the silent ones.

The services check again: what a view declares is for the reader and for the early answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.actors import Actor, Visitor
from contest.errors import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]


def visitor() -> Visitor:
    """The signed-in person of this request; who is not signed in only says so: `is_authenticated` is false."""
    known = g.get("_login_user")  # as Flask-Login keeps it for the request
    return cast("Visitor", known or current_user._get_current_object())  # noqa: SLF001 # what the proxy stands for


def actor() -> Actor:
    """The signed-in person as services want them."""
    return visitor().actor


def public(view: View[P, R]) -> View[P, R]:
    """Anybody may open it, signed in or not."""
    return _declared(view, "public", lambda _arguments: None)


def signed_in(view: View[P, R]) -> View[P, R]:
    """Anybody who is signed in; what they may see there is decided by the service."""
    return _declared(view, "signed_in", lambda _arguments: None, needs_visitor=True)


def admin_only(view: View[P, R]) -> View[P, R]:
    """The operator's administrators. To everybody else the page doesn't exist."""

    def check(_arguments: dict[str, Any]) -> None:
        if not actor().is_admin:
            abort(404)

    return _declared(view, "admin", check, needs_visitor=True)


def seated(*roles: str) -> Callable[[View[P, R]], View[P, R]]:
    """Holders of one of the seats in the contest named by the view's argument `slug`.

    Without any seat there the page doesn't exist; with another seat it is refused.
    """

    def check(arguments: dict[str, Any]) -> None:
        held = actor().roles_in(arguments["slug"])
        if not held:
            abort(404)
        if not held.intersection(roles):
            raise NotAllowed

    name = "seat:" + ",".join(sorted(str(role) for role in roles))
    return lambda view: _declared(view, name, check, needs_visitor=True)


def in_statement(view: View[P, R]) -> View[P, R]:
    """The hot path: the view's one statement checks session and owner itself, so nothing is loaded before it."""
    return _declared(view, "in_statement", lambda _arguments: None)


def _declared(
    view: View[P, R],
    name: str,
    check: Callable[[dict[str, Any]], None],
    *,
    needs_visitor: bool = False,
) -> View[P, R]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if needs_visitor and not visitor().is_authenticated:
            return cast("R", _ask_to_sign_in())
        check(dict(kwargs))
        return view(*args, **kwargs)

    guarded.policy = name  # type: ignore[attr-defined] # read by the test that finds silent routes
    return guarded


def _ask_to_sign_in() -> Response:
    """A page that can be opened again comes back after signing in; a form that was posted goes to its page."""
    target = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.sign_in", next=target), 303)
