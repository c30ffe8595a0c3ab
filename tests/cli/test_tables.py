import pytest
from sqlalchemy import create_engine, func, select

from contest.accounts.models import Login, Person, PersonDetails
from contest.cli.tables import dump, file_of, has_rows, load, own_tables
from contest.cli.trouble import Trouble
from contest.db import Base, unit_of_work
from tests.factories import NOW, make_person

NAMES = ["Nông Thị \\N Hằng\tTab", 'Hoàng "Văn"\nThụ', "\\."]


@pytest.fixture
def backend():
    """The embedded database is copied whole."""
    return "postgresql"


@pytest.fixture
def source(app, session):
    with unit_of_work(session):
        for name in NAMES:
            make_person(session, name)
    engine = create_engine(app.config["SETTINGS"].database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def target(databases):
    url = databases.fresh("postgresql")
    engine = create_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def kept(source, tmp_path):
    dump(source, tmp_path)
    return tmp_path


def names_of(folder):
    return {path.name for path in folder.iterdir()}


def test_every_table_has_its_file_and_comes_after_what_it_refers_to(source, kept):
    tables = own_tables(source)
    assert {table.name for table in tables} == set(Base.metadata.tables)
    assert names_of(kept) == {file_of(kept, table).name for table in tables}
    assert tables.index(Person.__table__) < tables.index(Login.__table__)


def test_rows_come_back_as_they_were_and_numbering_goes_on(target, kept):
    load(target, kept, names_of(kept))
    with target.begin() as connection:
        assert connection.scalars(select(PersonDetails.full_name).order_by(PersonDetails.person_id)).all() == NAMES
        highest = connection.scalar(select(func.max(Person.id)))
        values = {"created_at": NOW, "is_admin": False, "locale": "vi"}
        [number] = connection.execute(Person.__table__.insert().values(values).returning(Person.id)).one()
    assert number == highest + 1


def test_a_broken_file_leaves_nothing_behind(target, kept):
    (kept / "person_details.copy").write_text("not a row\n")
    with pytest.raises(Exception, match="person_details"):
        load(target, kept, names_of(kept))
    assert not has_rows(target, Person.__table__)


@pytest.mark.parametrize("change", [lambda names: names - {"login.copy"}, lambda names: names | {"other.copy"}])
def test_another_set_of_tables_is_refused(target, kept, change):
    with pytest.raises(Trouble, match="exactly the tables of this release"):
        load(target, kept, change(names_of(kept)))
    assert not has_rows(target, Person.__table__)
