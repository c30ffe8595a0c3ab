"""Contests: their rounds, groups, timetable, rules and the seats of the committee."""
