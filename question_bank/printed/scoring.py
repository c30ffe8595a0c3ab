"""How papers are marked by hand so that an answer earns what the machine would give it."""

from collections.abc import Mapping, Sequence

from question_bank.kinds import kind_of
from question_bank.question import Question

Places = Mapping[str, Sequence[int]]
"""Numbers of questions by the code of the paper (mã đề)."""


def scoring_words(question: Question) -> str:
    """Return what an answer earns that is partly right and what does not make it wrong; empty where it goes unsaid."""
    kind = kind_of(question.kind)
    told = kind.scoring(question)
    words = [told.said("vi")] if told else []
    words += [
        f"{setting.title.said('vi')}: {'có' if kind.setting(question, setting.code) else 'không'}."
        for setting in kind.settings
        if isinstance(setting.default, bool)
    ]
    return " ".join(words)


def scoring_rules(papers: Mapping[str, Sequence[Question]]) -> list[tuple[str, str]]:
    """Return each of these sentences, with where on the papers it holds: "Mã 101: câu 4, 7; mã 102: câu 2"."""
    found: dict[str, dict[str, list[int]]] = {}
    for code, questions in papers.items():
        for number, question in enumerate(questions, start=1):
            words = scoring_words(question)
            if words:
                found.setdefault(words, {}).setdefault(code, []).append(number)
    return [(_said(places), words) for words, places in found.items()]


def _said(places: Places) -> str:
    said = "; ".join(f"mã {code}: câu {', '.join(map(str, numbers))}" for code, numbers in places.items())
    return said[:1].upper() + said[1:]
