import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
READS = re.compile(r'read\.(?:text|number|flag|key)\("([A-Z_]+)"|self\.text\("([A-Z_]+)", (?:f"|"")')


def settings() -> set[str]:
    source = (ROOT / "contest" / "config.py").read_text(encoding="utf-8")
    return {f"CONTEST_{first or second}" for first, second in READS.findall(source)}


def explained() -> set[str]:
    return set(re.findall(r"^\| `(CONTEST_[A-Z_]+)` \|", OPERATIONS, flags=re.MULTILINE))


def test_every_setting_is_explained_and_no_other():
    assert {"CONTEST_DATABASE_URL", "CONTEST_MAIL_URL", "CONTEST_PORT", "CONTEST_SECRET_KEY"} <= settings()
    assert explained() == settings()


@pytest.mark.parametrize(
    "page", ["README.md", "CHANGELOG.md", *(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/**/*.md"))]
)
def test_links_lead_somewhere(page):
    path = ROOT / page
    text = re.sub(r"`[^`\n]+`", "", path.read_text(encoding="utf-8"))  # what stands as code is an example
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target and not target.startswith("media:"):  # how a question names its pictures
            assert (path.parent / target).exists(), target


def test_every_command_is_listed():
    from contest.cli import main

    for name in main.commands:
        assert f"`contest {name}" in OPERATIONS, name
