"""Words of two-person approval."""

from flask_babel import lazy_gettext

ERRORS = {
    "already_proposed": lazy_gettext("This already waits for a second person."),
    "own_proposal": lazy_gettext("You proposed this yourself. Somebody else has to approve it."),
    "content_changed": lazy_gettext("This has been changed since it was proposed. It has to be proposed again."),
    "already_decided": lazy_gettext("Somebody else has already decided this."),
    "reason_missing": lazy_gettext("Write the reason, so that the others understand the decision."),
}
