"""Everything that changes who takes part. Each function flushes and leaves the commit to its caller."""

from contest.participation.services.conduct import (
    MINUTE_MS,
    exclude_participation,
    grant_extra_time,
    restore_participation,
)
from contest.participation.services.joining import (
    change_participation,
    find_obstacle,
    freeze_locked,
    freeze_participation,
    groups_open_to,
    join_contest,
)
from contest.participation.services.pupils import Enrolled, check_class_list, enrol_pupils
from contest.participation.services.resets import NewCode, reset_citizen, reset_pupils

__all__ = [
    "MINUTE_MS",
    "Enrolled",
    "NewCode",
    "change_participation",
    "check_class_list",
    "enrol_pupils",
    "exclude_participation",
    "find_obstacle",
    "freeze_locked",
    "freeze_participation",
    "grant_extra_time",
    "groups_open_to",
    "join_contest",
    "reset_citizen",
    "reset_pupils",
    "restore_participation",
]
