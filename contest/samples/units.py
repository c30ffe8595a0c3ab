"""Units of the samples: the communes in force, and a dozen invented agencies and schools with headcounts."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.units.models import Headcount, Unit, UnitKind
from contest.units.services import add_unit, load_communes, set_headcount

SOURCE = "Số liệu mẫu, không phải số liệu thật"
SINCE = date(2026, 1, 1)

AGENCIES = (
    ("H37.01", "Văn phòng mẫu Ủy ban nhân dân tỉnh", 96),
    ("H37.02", "Sở mẫu Khoa học và Công nghệ", 84),
    ("H37.03", "Sở mẫu Giáo dục và Đào tạo", 71),
    ("H37.04", "Sở mẫu Văn hóa, Thể thao và Du lịch", 65),
    ("H37.05", "Sở mẫu Y tế", 78),
    ("H37.06", "Trung tâm mẫu Phục vụ hành chính công tỉnh", 42),
)
SCHOOLS = (
    ("TH.MAU.1", "Trường Tiểu học mẫu Hoa Đào", 412),
    ("TH.MAU.2", "Trường Tiểu học mẫu Kỳ Cùng", 367),
    ("THCS.MAU.1", "Trường Trung học cơ sở mẫu Núi Tô Thị", 538),
    ("THCS.MAU.2", "Trường Phổ thông dân tộc bán trú Trung học cơ sở mẫu Mẫu Sơn", 286),
    ("THPT.MAU.1", "Trường Trung học phổ thông mẫu Xứ Lạng", 921),
    ("CD.MAU.1", "Trường Cao đẳng mẫu Ải Chi Lăng", 640),
)
FIRST_SCHOOL = SCHOOLS[2][0]


def add_units(session: Session, actor: Actor, now: datetime, contest_id: int) -> None:
    """Communes with a made-up number of adults, agencies and schools with theirs."""
    load_communes(session)
    for kind, rows in ((UnitKind.AGENCY, AGENCIES), (UnitKind.SCHOOL, SCHOOLS)):
        for code, name, people in rows:
            unit = add_unit(session, actor, now, contest_id=contest_id, kind=kind, code=code, name=name)
            unit.valid_from = SINCE
            set_headcount(
                session,
                actor,
                now,
                contest_id=contest_id,
                unit_id=unit.id,
                valid_from=SINCE,
                people=people,
                source=SOURCE,
            )
    communes = session.scalars(select(Unit.id).where(Unit.kind == UnitKind.COMMUNE).order_by(Unit.code)).all()
    session.add_all(
        Headcount(unit_id=unit_id, valid_from=SINCE, people=180 + 37 * place % 640, source=SOURCE)
        for place, unit_id in enumerate(communes)
    )
    session.flush()
