"""The people of the samples. All of them are invented."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import PersonDetails
from contest.accounts.services import add_person, give_consent, hash_password


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
CITIZEN = SampleAccount("Thí sinh", "Hoàng Thị Bích Ngọc", "thisinh@mau.example", "mau-thi-sinh-2026")

ACCOUNTS = (ADMIN, ORGANIZER, SECOND_ORGANIZER, SETTER, REVIEWER, SECRETARY, COORDINATOR, CITIZEN)


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
    citizen = people[CITIZEN.login]
    session.get_one(PersonDetails, citizen).birth_date = date(1990, 5, 17)
    session.flush()
    for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
        give_consent(session, now, citizen, purpose, proof="sample")
    return people
