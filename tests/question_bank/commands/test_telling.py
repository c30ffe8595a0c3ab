import pytest

from question_bank.commands.telling import UNUSABLE, give_up, show_faults
from question_bank.formats import Fault


def test_faults_stand_after_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    show_faults([Fault("C7", "code_missing"), Fault("", "no_questions")], "vi")
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("C7: ")
    assert second == Fault("", "no_questions").sentence()


def test_giving_up_says_why_and_has_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        give_up("Không đọc được tệp.")
    assert ended.value.code == UNUSABLE
    assert capsys.readouterr().err == "Không đọc được tệp.\n"
