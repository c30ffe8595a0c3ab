"""One small maker per table, with values that a reader can ignore unless a test names them."""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose
from contest.accounts.models import Consent, Credential, Login, LoginKind, Person, PersonDetails, PersonSession
from contest.accounts.queries import token_digest
from contest.actors import Actor, HeldSeat
from contest.contests.models import Contest, ContestState, Group, Role, Round, RoundKind, RulesState, RulesVersion, Seat
from contest.i18n import name_sort_key, search_key, text_sort_key
from contest.participation.models import Participation
from contest.units.models import Unit, UnitKind

NOW = datetime(2026, 7, 15, 2, 41, tzinfo=UTC)  # 09:41 on Wednesday 15/7/2026 in Lạng Sơn
PASSWORD = "quá-khứ-xanh-7"
_HASH = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)


def add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def make_person(
    session: Session, full_name: str = "Hoàng Thị Bích Ngọc", *, login: str | None = None, **values: Any
) -> Person:
    person: Person = add(session, Person(**{"created_at": NOW, "is_admin": False, "locale": "vi", **values}))
    add(
        session,
        PersonDetails(
            person_id=person.id,
            full_name=full_name,
            sort_key=name_sort_key(full_name),
            search_key=search_key(full_name),
            birth_date=date(1990, 5, 17),
        ),
    )
    value = login or f"nguoi{person.id}@example.vn"
    kind = LoginKind.EMAIL if "@" in value else LoginKind.PHONE
    add(session, Login(person_id=person.id, kind=kind, value=value, created_at=NOW))
    add(session, Credential(person_id=person.id, password_hash=_HASH, must_change=False, changed_at=NOW))
    return person


def make_unit(session: Session, name: str = "Xã Thất Khê", **values: Any) -> Unit:
    values = {"code": secrets.token_hex(4).upper(), "kind": UnitKind.COMMUNE, "valid_from": date(2025, 7, 1), **values}
    return add(session, Unit(name=name, sort_key=text_sort_key(name), search_key=search_key(name), **values))


def make_contest(session: Session, **values: Any) -> Contest:
    creator = values.pop("created_by", None) or make_person(session, "Quản trị Hệ thống", is_admin=True).id
    defaults = {
        "slug": f"cuoc-thi-{secrets.token_hex(3)}",
        "title": "Tìm hiểu về chuyển đổi số tỉnh Lạng Sơn",
        "organizer_name": "Ban Tổ chức Cuộc thi",
        "decision_number": "12/QĐ-BTCCT",
        "decision_date": date(2026, 6, 1),
        "state": ContestState.ANNOUNCED,
        "created_at": NOW,
    }
    return add(session, Contest(**{**defaults, **values}, created_by=creator))


def make_group(session: Session, contest: Contest, name: str = "Mọi công dân", **values: Any) -> Group:
    values = {"code": secrets.token_hex(2), "position": 1, **values}
    return add(session, Group(contest_id=contest.id, name=name, **values))


def make_round(session: Session, contest: Contest, name: str = "Tuần 2", **values: Any) -> Round:
    defaults = {
        "public_id": secrets.token_urlsafe(12),
        "kind": RoundKind.QUIZ,
        "position": 1,
        "opens_at": NOW - timedelta(days=2),
        "closes_at": NOW + timedelta(days=5),
        "released_at": NOW - timedelta(days=3),
    }
    return add(session, Round(contest_id=contest.id, name=name, **{**defaults, **values}))


def make_rules(
    session: Session, contest: Contest, sections: dict[str, Any] | None = None, **values: Any
) -> RulesVersion:
    defaults = {
        "number": 1,
        "state": RulesState.IN_FORCE,
        "created_at": NOW,
        "in_force_at": NOW,
        "created_by": contest.created_by,
    }
    return add(session, RulesVersion(contest_id=contest.id, sections=sections or {}, **{**defaults, **values}))


def make_seat(session: Session, contest: Contest, person: Person, role: Role = Role.ORGANIZER, **values: Any) -> Seat:
    defaults = {
        "valid_from": NOW - timedelta(days=30),
        "given_by": contest.created_by,
        "given_at": NOW - timedelta(days=30),
    }
    return add(session, Seat(contest_id=contest.id, person_id=person.id, role=role, **{**defaults, **values}))


def make_participation(session: Session, contest: Contest, person: Person, **values: Any) -> Participation:
    values.setdefault("group_id", None)
    values["group_id"] = values["group_id"] or make_group(session, contest).id
    values["unit_id"] = values.get("unit_id") or make_unit(session).id
    consent = {"purpose": ConsentPurpose.TAKE_PART, "given_by": ConsentGiver.SELF, "text_version": "2026-01"}
    add(session, Consent(person_id=person.id, proof="test", given_at=NOW, giver_name="", **consent))
    return add(
        session,
        Participation(
            contest_id=contest.id, person_id=person.id, draw_id=secrets.token_hex(16), joined_at=NOW, **values
        ),
    )


def actor_of(person: Person, contest: Contest | None = None, *roles: Role, unit_id: int | None = None) -> Actor:
    """The actor for a service call, holding `roles` in `contest`."""
    seats = (
        frozenset(HeldSeat(contest.id, contest.slug, role.value, unit_id) for role in roles) if contest else frozenset()
    )
    return Actor(person.id, person.is_admin, seats)


def sign_in(session: Session, client: FlaskClient, person: Person) -> None:
    """Give the client a session of this person, as the sign-in page would. Commits."""
    token = secrets.token_urlsafe(32)
    add(
        session,
        PersonSession(
            person_id=person.id,
            token_hash=token_digest(token),
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
            user_agent="",
        ),
    )
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
