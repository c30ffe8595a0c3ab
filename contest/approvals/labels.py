"""Words of two-person approval."""

from flask_babel import lazy_gettext

from contest.approvals.models import ProposalState
from contest.web.menu import MenuItem

READERS = frozenset(
    {"organizer", "secretary", "question_setter", "question_reviewer", "chief_judge"}
)  # the enumeration of roles belongs to a higher feature

MENU = (MenuItem(100, "approvals.index", lazy_gettext("Approvals"), "checks", READERS),)

STATES = {
    ProposalState.OPEN: (lazy_gettext("Awaiting approval"), "wait", "hourglass"),
    ProposalState.APPROVED: (lazy_gettext("Approved"), "ok", "check"),
    ProposalState.REFUSED: (lazy_gettext("Refused"), "bad", "x"),
    ProposalState.WITHDRAWN: (lazy_gettext("Withdrawn"), "plain", "arrow-back-up"),
}

ACTS = {
    "proposal.made": lazy_gettext("proposed something for approval"),
    "proposal.approved": lazy_gettext("approved a proposal"),
    "proposal.refused": lazy_gettext("refused a proposal"),
    "proposal.withdrawn": lazy_gettext("withdrew a proposal"),
}

ERRORS = {
    "already_proposed": lazy_gettext("This already waits for a second person."),
    "own_proposal": lazy_gettext("You proposed this yourself. Somebody else has to approve it."),
    "content_changed": lazy_gettext("This has been changed since it was proposed. It has to be proposed again."),
    "already_decided": lazy_gettext("Somebody else has already decided this."),
    "reason_missing": lazy_gettext("Write the reason, so that the others understand the decision."),
}
