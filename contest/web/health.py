"""The page that tells a supervisor or a proxy whether this server can serve."""

import logging

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from contest.db import db
from contest.schema import Fit, schema_fit
from contest.web.access import public

bp = Blueprint("health", __name__)

log = logging.getLogger(__name__)


@bp.get("/healthz")
@public
def healthz() -> tuple[dict[str, str], int]:
    """200 when the database answers and its schema is this code's."""
    try:
        fit = schema_fit(db.engine)
    except SQLAlchemyError as error:
        log.warning("health: the database does not answer: %s", error)
        return {"status": "database"}, 503
    return ({"status": "ok"}, 200) if fit is Fit.FITS else ({"status": f"schema {fit}"}, 503)
