"""The people of the samples. All of them are invented."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import PersonDetails
from contest.accounts.services import add_person, give_consent, hash_password
from contest.i18n import local


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Somebody to sign in as."""

    role: str
    name: str
    login: str
    password: str


ADMIN = SampleAccount("Quản trị hệ thống", "Hoàng Văn Thụ", "quantri@mau.example", "mau-quan-tri-2026")
ORGANIZER = SampleAccount("Ban Tổ chức", "Lăng Thị Thu Hà", "tochuc@mau.example", "mau-to-chuc-2026")
SECOND_ORGANIZER = SampleAccount("Ban Tổ chức (người duyệt)", "Vi Văn Lan", "duyet@mau.example", "mau-duyet-2026")
SETTER = SampleAccount("Ban Đề thi (ra đề)", "Bế Thị Yến", "rade@mau.example", "mau-ra-de-2026")
REVIEWER = SampleAccount("Ban Đề thi (duyệt đề)", "Nông Đức Minh", "duyetde@mau.example", "mau-duyet-de-2026")
SECRETARY = SampleAccount("Tổ Thư ký", "Tô Thị Mai Hương", "thuky@mau.example", "mau-thu-ky-2026")
COORDINATOR = SampleAccount("Đầu mối trường học", "Lộc Văn Sinh", "daumoi@mau.example", "mau-dau-moi-2026")
JUDGE = SampleAccount("Giám khảo", "Đinh Thị Hồng Vân", "giamkhao@mau.example", "mau-giam-khao-2026")
SECOND_JUDGE = SampleAccount(
    "Giám khảo (người thứ hai)", "Phùng Quốc Toản", "giamkhao2@mau.example", "mau-giam-khao-2-2026"
)
CHIEF_JUDGE = SampleAccount("Trưởng Ban Giám khảo", "Dương Minh Nguyệt", "truonggk@mau.example", "mau-truong-gk-2026")
CITIZEN = SampleAccount("Thí sinh", "Hoàng Thị Bích Ngọc", "thisinh@mau.example", "mau-thi-sinh-2026")
PUPIL = SampleAccount("Học sinh có bài dự thi", "Nông Thị Khánh Vy", "hocsinh@mau.example", "mau-hoc-sinh-2026")

ACCOUNTS = (
    ADMIN,
    ORGANIZER,
    SECOND_ORGANIZER,
    SETTER,
    REVIEWER,
    SECRETARY,
    COORDINATOR,
    JUDGE,
    SECOND_JUDGE,
    CHIEF_JUDGE,
    CITIZEN,
    PUPIL,
)
PUPILS_AGE = 13
PROOF = "sample"


def add_people(session: Session, now: datetime) -> dict[str, int]:
    """An account for each role; returns the ids by login."""
    people = {}
    for account in ACCOUNTS:
        person = add_person(
            session,
            now,
            login=account.login,
            full_name=account.name,
            password_hash=hash_password(account.password),
            is_admin=account is ADMIN,
        )
        people[account.login] = person.id
    agree(session, now, people[CITIZEN.login], date(1990, 5, 17))
    agree(session, now, people[PUPIL.login], born(now, PUPILS_AGE), guardian_name="Nông Văn Tuấn")
    return people


def agree(session: Session, now: datetime, person_id: int, birth_date: date, guardian_name: str = "") -> None:
    """Everybody whose consent somebody born then needs agrees to taking part and to the name being published."""
    session.get_one(PersonDetails, person_id).birth_date = birth_date
    session.flush()
    for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
        give_consent(session, now, person_id, purpose, guardian_name=guardian_name, proof=PROOF)


def born(now: datetime, age: int) -> date:
    """A birthday that makes somebody of this age for the whole of the sample."""
    return date(local(now).year - age, 1, 1)
