"""Taking part: who is in a contest, in which group and for which unit, and who is not counted."""
