"""Pages of taking part, of the committee's desk and of the schools."""

from contest.participation.views import joining, participants, pupils, units

blueprints = (joining.bp, participants.bp, pupils.bp, units.bp)
