"""Registering."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user

from contest import clock
from contest.accounts import labels, services
from contest.accounts.forms import RegisterForm, written
from contest.accounts.services.consents import TEXT_VERSION
from contest.accounts.services.limits import REGISTER_BY_ADDRESS
from contest.accounts.views.blueprint import Reply, address, bp, check_limits, own_path, refused, way_back
from contest.db import unit_of_work
from contest.errors import DomainError
from contest.web.access import public
from contest.web.forms import page

TEMPLATE = "accounts/register.html"


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> Reply:
    """Make an account. The reply is the same whether or not the login had one (docs/adr/0005)."""
    if current_user.is_authenticated:
        return redirect(way_back(), 303)
    form = RegisterForm()
    target = own_path(request.values.get("next"))
    values = {"target": target, "labels": labels}
    if not form.validate_on_submit():
        return page(TEMPLATE, form, **values)
    try:
        _register(form)
    except DomainError as error:
        return refused(TEMPLATE, form, error, **values)
    cookie["typed_login"] = form.login.data
    flash(
        _(
            "If there was no account for %(login)s yet, there is one now. Sign in with the password that you have just "
            "chosen. If that fails, you registered earlier: use “Forgotten password?”.",
            login=form.login.data,
        ),
        "info",
    )
    return redirect(url_for("accounts.sign_in", next=target), 303)


def _register(form: RegisterForm) -> None:
    now = clock.now()
    check_limits(now, (REGISTER_BY_ADDRESS, address()))
    wanted, password_hash = form.registration(), services.hash_password(written(form.password))
    with unit_of_work() as session:
        services.register_person(session, now, wanted, password_hash, labels.already_registered_letter)


@bp.get("/personal-data")
@public
def terms() -> Reply:
    """What is kept of people, why, for how long, and what they can do about it."""
    return render_template("accounts/terms.html", version=TEXT_VERSION)
