"""Pages about people: signing in, registering, passwords, one's own account."""

from contest.accounts.views import joining, passwords, profile, signing_in
from contest.accounts.views.blueprint import bp

__all__ = ["bp", "joining", "passwords", "profile", "signing_in"]
