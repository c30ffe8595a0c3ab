from pathlib import Path

import pytest

from question_bank.formats import FORMATS, UnusableFile, format_of


@pytest.mark.parametrize(("name", "extension"), [("a.json", ".json"), ("B.XLSX", ".xlsx"), (Path("c/d.xlsx"), ".xlsx")])
def test_a_format_is_found_by_the_name_of_the_file(name, extension):
    assert format_of(name) is FORMATS[extension]


@pytest.mark.parametrize("name", ["a.xls", "a.odt", "xlsx", ""])
def test_other_files_are_refused_with_what_would_do(name):
    with pytest.raises(UnusableFile) as raised:
        format_of(name)
    assert raised.value.code == "format_unknown"
    assert ".json, .xlsx, .gift, .aiken, .csv" in raised.value.sentence()
