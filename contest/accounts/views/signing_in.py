"""Signing in and out, the language, and the state of the session for scripts."""

from flask import flash, jsonify, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.exceptions import BadRequest

from contest import clock
from contest.accounts import services
from contest.accounts.domain import login_key
from contest.accounts.forms import SignInForm, written
from contest.accounts.queries import PasswordOwner, find_password_owner
from contest.accounts.services.limits import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_LOGIN, SIGN_IN_BY_PAIR
from contest.accounts.views.blueprint import Reply, address, admit, bp, own_path, pair, refused, way_back
from contest.actors import Actor, Visitor
from contest.db import unit_of_work
from contest.errors import DomainError
from contest.i18n import LOCALES
from contest.web.access import public, visitor
from contest.web.csrf import csrf_token
from contest.web.forms import page

TEMPLATE = "accounts/sign_in.html"
LOCALE_COOKIE_SECONDS = 365 * 24 * 3600


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Reply:
    """Ask for login and password. Unknown logins and wrong passwords get the same reply after the same time."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(way_back(), 303)
    form = SignInForm(login=cookie.get("typed_login", ""))
    is_expired = "expired" in request.args or "_user_id" in cookie
    values = {"is_expired": is_expired, "target": own_path(request.values.get("next"))}
    if not form.validate_on_submit():
        return page(TEMPLATE, form, **values)
    login, password = login_key(written(form.login)), written(form.password)
    try:
        _open_session(_recognised(login, password), password, login)
    except DomainError as error:
        return refused(TEMPLATE, form, error, **values)
    return redirect(way_back(), 303)


def _recognised(login: str, password: str) -> PasswordOwner:
    """The person with this login and password. The hash is checked while no transaction is open."""
    now = clock.now()
    with unit_of_work() as session:
        minutes = admit(session, now, (SIGN_IN_BY_PAIR, pair(login)), (SIGN_IN_BY_ADDRESS, address()))
        minutes = minutes or admit(session, now, (SIGN_IN_BY_LOGIN, login))  # one address alone never uses this up
        owner = find_password_owner(session, login=login)
    if minutes:
        raise services.TooManyTries(minutes)
    if not services.is_right_password(password, owner.password_hash if owner else None) or owner is None:
        raise DomainError("sign_in_wrong", field="password")
    return owner


def _open_session(owner: PasswordOwner, password: str, login: str) -> None:
    """A new session in the table and a new cookie: nothing of the cookie from before lives on."""
    is_outdated = services.is_outdated(owner.password_hash)
    renewed = services.hash_password(password) if is_outdated else owner.password_hash
    with unit_of_work() as session:
        if is_outdated:
            services.renew_hash(session, owner.person_id, owner.password_hash, renewed)
        services.forget_tries(session, SIGN_IN_BY_PAIR, pair(login))
        agent = request.headers.get("User-Agent", "")
        opened = services.open_session(session, clock.now(), owner.person_id, agent)
    cookie.clear()
    login_user(Visitor(Actor(owner.person_id), owner.full_name, owner.locale, opened.id, opened.token))


@bp.post("/sign-out")
@public
def sign_out() -> Reply:
    """End this browser's session."""
    if current_user.is_authenticated:
        session_id = visitor().session_id
        with unit_of_work() as session:
            services.close_session(session, clock.now(), session_id)
    logout_user()
    cookie.clear()
    flash(_("You have signed out."), "ok")
    return redirect(url_for("contests.home"), 303)


@bp.post("/locale")
@public
def set_locale() -> Reply:
    """Choose the language, for this browser and for the account."""
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        raise BadRequest
    if current_user.is_authenticated:
        person_id = visitor().actor.person_id
        with unit_of_work() as session:
            services.set_locale(session, person_id, locale)
    response = redirect(way_back(), 303)
    response.set_cookie(
        "locale", locale, max_age=LOCALE_COOKIE_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


@bp.get("/session")
@public
def session_state() -> Reply:
    """Who is signed in, and a token for posting: what a page that was open for long needs to go on."""
    person = visitor().actor.person_id if current_user.is_authenticated else None
    response = jsonify(signed_in=person is not None, person=person, csrf_token=csrf_token())
    response.headers["Cache-Control"] = "no-store"
    return response
