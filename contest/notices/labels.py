"""Words for announcements."""

from flask_babel import lazy_gettext as _

from contest.contests.models import Role
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
