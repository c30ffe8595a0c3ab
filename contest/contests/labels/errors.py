"""A sentence for each refusal: the fact, then what to do."""

from flask_babel import lazy_gettext as _

ERRORS = {
    "ages_reversed": _("The second age is lower than the first. Enter the lower one first."),
    "already_open": _("This round has already opened, so its start stays. Change only the end."),
    "contest_archived": _("This contest is already archived."),
    "contest_draft": _("This contest is still a draft. Announce it or cancel it."),
    "contest_has_opened": _("A round has already opened, so groups stay as they are."),
    "contest_not_announced": _("Announce the contest first; then its rounds can be released."),
    "contest_not_draft": _("This contest has already been announced."),
    "contest_over": _("This contest is cancelled or archived. Nothing can be changed any more."),
    "contest_without_groups": _("The contest has no group yet. Add at least one, for example “Every citizen”."),
    "contest_without_rounds": _("The contest has no round yet. Add at least one."),
    "decision_date_fixed": _("A round has already opened and ages count on this date, so it stays as it is."),
    "decision_missing": _("A round has already opened: enter the number of the decision that changes the rules."),
    "group_exists": _("There is already a group with this name."),
    "group_in_use": _("People have already chosen this group, so it can't be deleted."),
    "invitation_expired": _(
        "The time for which this seat was offered is over. Ask the organizers for a new invitation."
    ),
    "invitation_over": _("This invitation was already used or withdrawn. Ask the organizers for a new one."),
    "invited_already": _("An invitation to this seat already waits for this person. Withdraw it to send a new one."),
    "last_organizer": _("This is the contest's last organizer. Seat another one first."),
    "moved_back": _("A released round can only be moved to a later time."),
    "name_differs": _("The account with this phone number or e-mail has another name. Check both with the person."),
    "nothing_moved": _("The times are the same as before. Enter the new ones."),
    "round_cancelled": _("This round has been cancelled."),
    "round_closed": _("This round has closed, so this can no longer be done."),
    "round_exists": _("There is already a round with this name."),
    "round_in_use": _("Questions, entries or people already belong to this round. Cancel it instead of deleting it."),
    "round_lacks": _("The round can't be released yet. %(what)s"),
    "round_not_over": _("A round is open or will open. Archive the contest when all rounds are over."),
    "round_not_released": _("This round has not been released. Edit it; nobody needs a reason."),
    "round_released": _("This round has been released. Postpone it or cancel it instead."),
    "rules_unchanged": _("The draft is the same as the rules in force. Change something first."),
    "section_changed": _(
        "This section was saved in another window or by somebody else since you opened it. What you typed is still"
        " here: compare it with the draft, then save again to put it in its place."
    ),
    "rules_waiting": _("A version of the rules waits for a second person. Decide on it or withdraw it first."),
    "rules_without_sections": _("Add a round first: its kind decides what the rules have to say."),
    "seat_ended": _("This seat has already ended."),
    "seat_held": _("This person already has this seat."),
    "seat_over": _("The last day is before the first day, or already past."),
    "seat_own": _("You can't give yourself a seat on the committee. Ask another administrator."),
    "section_incomplete": _("The section “%(section)s” still has mistakes. Open it and put them right."),
    "slug_taken": _("There is already a contest at the address “%(slug)s”. Choose another one."),
    "slug_unreadable": _(
        "Use lower-case letters a–z without marks, digits and hyphens, for example chuyen-doi-so-2026."
    ),
    "takes_part": _("This person takes part in the contest and can't sit on its committee."),
    "time_unreadable": _("Enter the time as hours and minutes, for example 07:30 or 24:00."),
    "unit_missing": _("Choose the unit for which this person is the coordinator."),
    "unit_superfluous": _("Only a coordinator's seat belongs to a unit. Leave this empty."),
    "window_over": _("The end of this round is already past. Change its times first."),
    "window_reversed": _("The round would close before it opens. Check both times."),
    "zone_unknown": _("There is no such time zone."),
}
