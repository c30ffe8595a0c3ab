"""Pages of publications."""

from contest.publication.views.boards import bp as boards_bp
from contest.publication.views.desk import bp as desk_bp

BLUEPRINTS = (desk_bp, boards_bp)
