import click
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from contest.cli.trouble import Commands, Trouble
from contest.config import SettingsError
from tests.cli.conftest import refused


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Trouble("Set CONTEST_DATA."), "Set CONTEST_DATA.\n"),
        (SettingsError(["One.", "Two."]), "One.\nTwo.\n"),
        (OSError(28, "No space left on device", "/srv/kept"), "/srv/kept can't be used: No space left on device.\n"),
        (
            OperationalError("SELECT 1", {}, Exception("no such host\nHINT: x")),
            "The database can't be used: no such host\n",
        ),
    ],
)
def test_a_known_failure_is_a_sentence_on_stderr(error, sentence):
    @click.group(cls=Commands)
    def group():
        pass

    @group.command()
    def fail():
        raise error

    result = CliRunner().invoke(group, ["fail"])
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", sentence)


def test_a_database_that_does_not_answer_is_told_in_one_sentence(contest, tmp_path):
    result = contest("audit", "verify", database_url=f"postgresql://nobody@/none?host={tmp_path}")
    refused(result, "The database can't be used: ")
    assert len(result.stderr.splitlines()) == 1
