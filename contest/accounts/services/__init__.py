"""Everything that changes what is known of people. Each function flushes and leaves the commit to its caller."""

from contest.accounts.services.consents import agree_as_child, give_consent, withdraw_consent
from contest.accounts.services.limits import TooManyTries, count_try, forget_old_tries, forget_tries
from contest.accounts.services.passwords import (
    Busy,
    GivenPassword,
    given_passwords,
    hash_password,
    is_outdated,
    is_right_password,
)
from contest.accounts.services.people import (
    IssuedAccount,
    add_person,
    disable_person,
    issue_account,
    register_person,
    set_locale,
)
from contest.accounts.services.resets import issue_reset_code, request_reset_by_mail, set_password_by_code, tried_code
from contest.accounts.services.sessions import (
    OpenedSession,
    change_password,
    close_session,
    open_session,
    renew_hash,
    revoke_sessions,
)

__all__ = [
    "Busy",
    "GivenPassword",
    "IssuedAccount",
    "OpenedSession",
    "TooManyTries",
    "add_person",
    "agree_as_child",
    "change_password",
    "close_session",
    "count_try",
    "disable_person",
    "forget_old_tries",
    "forget_tries",
    "give_consent",
    "given_passwords",
    "hash_password",
    "is_outdated",
    "is_right_password",
    "issue_account",
    "issue_reset_code",
    "open_session",
    "register_person",
    "renew_hash",
    "request_reset_by_mail",
    "revoke_sessions",
    "set_locale",
    "set_password_by_code",
    "tried_code",
    "withdraw_consent",
]
