"""The Vietnamese catalogue: `update` it from the sources, or `check` that nothing in it is missing."""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "contest" / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
PYBABEL = Path(sys.executable).with_name("pybabel")
KEYWORDS = ("lazy_gettext", "lazy_ngettext:1,2")
HEADER = "# Vietnamese: the default language, so every message has to have its words."


def extracted() -> Catalog:
    """Every message that the sources name."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        options = [option for keyword in KEYWORDS for option in ("-k", keyword)]
        command: list[str | Path] = [
            PYBABEL,
            "-q",
            "extract",
            "-F",
            ROOT / "pyproject.toml",
            *options,
            "-o",
            template,
            ROOT / "contest",
        ]
        subprocess.run(command, check=True)
        return read(template, locale=None)


def read(path: Path, locale: str | None = "vi") -> Catalog:
    """A catalogue from its file; a template is of no language."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def messages(catalogue: Catalog) -> dict[str, Message]:
    """Messages by their (singular) id, without the header."""
    found = {}
    for message in catalogue:
        name = message.id if isinstance(message.id, str) else message.id[0]
        if name:
            found[name] = message
    return found


def problems(sources: Catalog, catalogue: Catalog) -> list[str]:
    """What a reader of Vietnamese would stumble over, a sentence each."""
    named, known = messages(sources), messages(catalogue)
    found = [f"not in the catalogue: {name}" for name in named if name not in known]
    found += [f"no longer in the sources: {name}" for name in known if name not in named]
    found += [f"not translated: {name}" for name, message in known.items() if not has_words(message)]
    found += [f"marked fuzzy: {name}" for name, message in known.items() if message.fuzzy]
    found += ["marked fuzzy: the head, so that nothing of it would be compiled"] if catalogue.fuzzy else []
    return found


def has_words(message: Message) -> bool:
    """Whether every form of it is translated."""
    forms = [message.string] if isinstance(message.string, str) else (message.string or [])
    return bool(forms) and all(forms)


def update() -> None:
    """Add what is new, drop what is gone, keep what is translated; nothing is guessed."""
    catalogue = read(CATALOGUE)
    made_at = catalogue.creation_date
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.creation_date = made_at  # a line that differs each time would stand in everybody's way
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, sort_output=True, no_location=True, width=0)


def check() -> None:
    """Exit 1 with a line for each problem."""
    found = problems(extracted(), read(CATALOGUE))
    if found:
        sys.exit("\n".join(["The Vietnamese catalogue is not complete (make translations):", *found]))


if __name__ == "__main__":
    {"update": update, "check": check}[sys.argv[1]]()
