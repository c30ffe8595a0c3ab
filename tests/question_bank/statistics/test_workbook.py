"""How figures are written into the workbook."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from question_bank.statistics import Answer, statistics_of
from question_bank.statistics.workbook import Line, write_statistics
from tests.question_bank.builders import question


@pytest.mark.parametrize(("facility", "is_whole"), [(50.0, True), (49.999, True), (49.99, False)])
def test_a_figure_that_is_whole_once_rounded_is_written_without_a_comma(facility: float, *, is_whole: bool) -> None:
    asked = question()
    found = statistics_of({"C1": asked}, [[Answer("C1", "b", 1000, 1000)], [Answer("C1", "a", 0, 1000)]])
    stream = BytesIO()
    write_statistics(stream, [], found.paper, [Line("C1", asked, replace(found.items["C1"], facility=facility))])
    sheet = zipfile.ZipFile(stream).read("xl/worksheets/sheet2.xml").decode()
    styles = dict(re.findall(r'<c r="([CD])3" s="(\d+)"', sheet))
    assert (styles["C"] == styles["D"]) is is_whole, "C counts attempts"
