"""Pages of contests: for citizens, for the committee, for the operator."""

from contest.contests.views import admin, desk, groups, public, rounds, rules, seats

BLUEPRINTS = (public.bp, desk.bp, rounds.bp, groups.bp, rules.bp, seats.bp, admin.bp)

__all__ = ["BLUEPRINTS"]
