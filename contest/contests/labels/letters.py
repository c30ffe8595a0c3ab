"""Letters to people who are given a seat."""

from collections.abc import Callable

from flask_babel import force_locale, gettext

from contest.contests.labels.names import ROLES
from contest.contests.models import Contest, Role
from contest.contests.services.seats import WriteLetter


def seat_letter(contest: Contest, role: Role, link: Callable[[str], str]) -> WriteLetter:
    """Subject and text for a seat given at once (no token) or offered by a link, in Vietnamese."""

    def write(token: str | None) -> tuple[str, str]:
        with force_locale("vi"):
            facts = {"role": ROLES[role], "title": contest.title, "organizer": contest.organizer_name}
            if token is None:
                text = gettext("You have been given the seat “%(role)s” in the contest “%(title)s”.", **facts)
                next_step = gettext("Sign in and open “Workspace” to begin.")
            else:
                text = gettext("You are invited to the seat “%(role)s” in the contest “%(title)s”.", **facts)
                next_step = gettext("Open this link to take it: %(link)s", link=link(token))
            subject = gettext("A seat in the contest “%(title)s”", title=contest.title)
            return subject, f"{text}\n\n{next_step}\n\n{contest.organizer_name}\n"

    return write
