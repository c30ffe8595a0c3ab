import io
from contextlib import contextmanager
from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import select

from contest.contests.models import Role
from contest.questions.models import Bank, QuestionMedium
from contest.quiz.jobs import Press, print_papers
from contest.quiz.services.printing import Wish, order_print
from contest.storage import FolderStorage, new_key
from tests.factories import NOW, actor_of, add
from tests.question_bank.printed.sheets import PICTURE, SOUND, png
from tests.quiz.world import KEYS, QUESTIONS, make_world

TEXT = f"Xem ![Cổng thành](media:{PICTURE}) và nghe ![Bài hát](media:{SOUND})"


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "store")


@pytest.fixture
def ordered(session, storage, tmp_path):
    """A print of papers that all have a picture and a sound."""
    world = make_world(session, questions=[replace(QUESTIONS[0], text=f"{TEXT} {number}") for number in range(5)])
    bank = session.scalars(select(Bank)).one()
    (tmp_path / "file").write_bytes(png())
    for digest, mime in ((PICTURE, "image/png"), (SOUND, "audio/mp4")):
        row = {"digest": digest, "key": new_key("questions"), "name": "x", "mime": mime, "size": 1, "uploaded_at": NOW}
        medium = add(session, QuestionMedium(bank_id=bank.id, uploaded_by=world.person.id, **row))
        storage.put(medium.key, tmp_path / "file")
    organizer = actor_of(world.person, world.contest, Role.ORGANIZER)
    wish = Wish(2, 101, is_same=True, is_explained=True)
    return order_print(session, organizer, NOW, contest=world.contest, round_id=world.round.id, wish=wish, keys=KEYS)


def test_papers_are_set_with_their_pictures_and_name_their_sounds(session, ordered, storage, tmp_path):
    steps = []

    @contextmanager
    def unit(advance_by):
        yield session, NOW
        steps.append(advance_by)

    print_papers(Press(unit, lambda: None, storage, tmp_path / "scratch", KEYS), ordered.id)
    assert sum(steps) == 2
    for key in (ordered.papers_key, ordered.keys_key):
        with storage.open(key) as file:
            made = pypdf.PdfReader(io.BytesIO(file.read()))
        assert any(page.images for page in made.pages)
        assert "[Âm thanh: Bài hát]" in " ".join(page.extract_text() for page in made.pages)
    assert list((tmp_path / "scratch").iterdir()) == []
