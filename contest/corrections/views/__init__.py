"""Pages of corrections."""

from contest.corrections.views import people
from contest.corrections.views.desk import bp

__all__ = ["bp", "people"]
