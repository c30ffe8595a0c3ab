"""Forgotten, reset and changed passwords."""

from flask import flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from contest import clock
from contest.accounts import labels, services
from contest.accounts.domain import check_password, login_key, read_contact
from contest.accounts.forms import ForgottenForm, NewPasswordForm, ResetForm, today, written
from contest.accounts.queries import PasswordOwner, find_password_owner, lacks_childs_consent
from contest.accounts.services.limits import (
    CHANGE_BY_PERSON,
    RESET_BY_ADDRESS,
    RESET_BY_PAIR,
    RESET_REQUEST_BY_ADDRESS,
    RESET_REQUEST_BY_LOGIN,
)
from contest.accounts.views.blueprint import Reply, address, admit, bp, check_limits, own_path, pair, refused, way_back
from contest.db import db, unit_of_work
from contest.errors import DomainError, NotAllowed
from contest.web.access import public, signed_in, visitor
from contest.web.forms import page


@bp.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Reply:
    """Mail a code. The reply is the same whether or not anybody has this login."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return page("accounts/forgotten.html", form)
    try:
        _request_code(written(form.login))
    except DomainError as error:
        return refused("accounts/forgotten.html", form, error)
    cookie["typed_login"] = form.login.data
    flash(
        _("If an account has this e-mail address, a code is on its way. It is valid for 72 hours and works once."),
        "info",
    )
    return redirect(url_for("accounts.reset"), 303)


def _request_code(typed: str) -> None:
    now, login = clock.now(), read_contact(typed)
    with unit_of_work() as session:
        minutes = admit(session, now, (RESET_REQUEST_BY_LOGIN, login.value), (RESET_REQUEST_BY_ADDRESS, address()))
        if not minutes:
            services.request_reset_by_mail(session, now, login, labels.reset_letter)
    if minutes:
        raise services.TooManyTries(minutes)


@bp.route("/reset", methods=["GET", "POST"])
@public
def reset() -> Reply:
    """Set a new password with a one-time code."""
    form = ResetForm(login=cookie.get("typed_login", ""))
    if not form.validate_on_submit():
        return page("accounts/reset.html", form)
    try:
        _reset(login_key(written(form.login)), written(form.code), written(form.password))
    except DomainError as error:
        return refused("accounts/reset.html", form, error)
    cookie["typed_login"] = form.login.data
    flash(_("The new password is set. Sign in with it."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)


def _reset(login: str, code: str, password: str) -> None:
    """The code is tried in one unit, the password hashed in none, and set in the next."""
    now = clock.now()
    with unit_of_work() as session:
        minutes = admit(session, now, (RESET_BY_PAIR, pair(login)), (RESET_BY_ADDRESS, address()))
        code_id = None if minutes else services.tried_code(session, now, login, code)
        owner = find_password_owner(session, login=login)
    if minutes:
        raise services.TooManyTries(minutes)
    if code_id is None or owner is None:
        raise DomainError("code_wrong", field="code")
    check_password(password, *owner.known, birth_date=owner.birth_date)
    password_hash = services.hash_password(password)
    with unit_of_work() as session:
        services.set_password_by_code(session, now, code_id, password_hash)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def new_password() -> Reply:
    """Change one's own password. One that was given out by somebody else was just typed: it isn't asked again."""
    form = NewPasswordForm()
    owner = _owner()
    asks_child = owner.must_change and lacks_childs_consent(db.session(), owner.person_id, today())
    if owner.must_change:
        del form.current
    if not asks_child:
        del form.take_part
    target = own_path(request.values.get("next"))
    values = {"is_given": owner.must_change, "target": target, "labels": labels}
    if not form.validate_on_submit():
        return page("accounts/new_password.html", form, **values)
    try:
        _change(owner, form, asks_child)
    except DomainError as error:
        return refused("accounts/new_password.html", form, error, **values)
    flash(_("Your password is changed. Other devices are signed out."), "ok")
    return redirect(way_back() if owner.must_change else url_for("accounts.profile"), 303)


def _owner() -> PasswordOwner:
    owner = find_password_owner(db.session(), person_id=visitor().actor.person_id)
    if owner is None:
        raise NotAllowed
    return owner


def _change(owner: PasswordOwner, form: NewPasswordForm, asks_child: bool) -> None:
    now, session_id, password = clock.now(), visitor().session_id, written(form.password)
    check_limits(now, (CHANGE_BY_PERSON, str(owner.person_id)))
    if not owner.must_change and not services.is_right_password(written(form.current), owner.password_hash):
        raise DomainError("password_wrong", field="current")
    check_password(password, *owner.known, birth_date=owner.birth_date)
    if services.is_right_password(password, owner.password_hash):
        raise DomainError("password_same", field="password")
    password_hash = services.hash_password(password)
    with unit_of_work() as session:
        services.change_password(session, now, owner.person_id, password_hash, keep_id=session_id)
        if asks_child:
            services.agree_as_child(session, now, owner.person_id)
