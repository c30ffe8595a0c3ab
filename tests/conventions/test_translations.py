"""The Vietnamese catalogue is complete, up to date and keeps every value of a sentence."""

import re

import pytest
from babel.messages.catalog import Catalog

from scripts.translations import CATALOGUE, extracted, messages, problems, read

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read(CATALOGUE)


def test_catalogue_is_complete_and_up_to_date(catalogue: Catalog) -> None:
    assert problems(extracted(), catalogue) == []


def test_translations_name_the_values_of_their_sentence(catalogue: Catalog) -> None:
    wrong = []
    for name, message in messages(catalogue).items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string or [])
        plural = message.id if isinstance(message.id, str) else message.id[-1]
        asked = {match.group() for match in PLACEHOLDER.finditer(plural)}
        wrong += [name for form in forms if form and {m.group() for m in PLACEHOLDER.finditer(form)} != asked]
    assert wrong == []


def test_no_stray_space_stands_around_a_translation(catalogue: Catalog) -> None:
    wrong = [
        name
        for name, message in messages(catalogue).items()
        for form in ([message.string] if isinstance(message.string, str) else message.string or [])
        if form and (form != form.strip())
    ]
    assert wrong == []
