from dataclasses import replace

from contest.samples.making import made_files
from contest.samples.texts import sample_texts


def test_every_answer_that_is_a_file_gets_one_in_its_place():
    entry = next(entry for entry in sample_texts().entries if {a.extension for a in entry.answers} & {"docx", "pdf"})
    documents = tuple(a for a in entry.answers if a.extension in {"", "docx", "pdf"})
    (files,) = made_files([replace(entry, answers=documents)])
    assert [file is not None for file in files] == [bool(answer.extension) for answer in documents]
