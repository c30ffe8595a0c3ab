"""Papers and keys on paper: sheets are data, which one template sets; what an author wrote is never read as source."""

from question_bank.printed.sheets import Heading, PrintedPaper, PrintedQuestion, Section, Sheet, key_sheet, paper_sheet

__all__ = ["Heading", "PrintedPaper", "PrintedQuestion", "Section", "Sheet", "key_sheet", "paper_sheet"]
