"""Words for announcements."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from contest.contests.models import Role
from contest.web.addresses import find_address
from contest.web.menu import MenuItem

ERRORS = {
    "announcement_empty": _("This can't be empty."),
    "announcement_withdrawn": _("This announcement has been withdrawn already."),
}

ACTS = {
    "announcement.published": _("Announcement published"),
    "announcement.withdrawn": _("Announcement withdrawn"),
}

MENU = (MenuItem(90, "notices.desk", _("Announcements"), "speakerphone", frozenset({Role.ORGANIZER, Role.SECRETARY})),)


def letter_of(body: str, path: str, sender: str) -> str:
    """The letter that tells somebody the same, with the way to the page about it."""
    address = find_address(path)
    way = gettext("Read more here: %(link)s", link=address) if address else gettext("Sign in to read more.")
    return f"{body}\n\n{way}\n\n{sender}\n"
