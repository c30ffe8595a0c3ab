"""What a committee should look at before it uses a question, by code, and the sentences for it.

Remarks never block anything: what must be put right is a problem, see `question_bank.validation`.
"""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from question_bank.problems import Values
from question_bank.problems.exchange import FORMS_MIXED
from question_bank.words import Locale

Severity = Literal["warning", "mild"]
Fix = Mapping[str, bool]

LOCK_ORDER: Fix = MappingProxyType({"lock_order": True})


@dataclasses.dataclass(frozen=True, slots=True)
class Remark:
    """Something doubtful about one field, with the values its sentence needs.

    `field` is empty when the remark is about a whole bank or file. `fix` names the fields of the
    question that would settle the matter, and their values.
    """

    code: str
    field: str = ""
    values: Values = dataclasses.field(default_factory=dict)
    severity: Severity = "warning"
    fix: Fix | None = None

    def sentence(self, locale: Locale = "vi") -> str:
        """Return the remark in words."""
        vietnamese, english = SENTENCES[self.code]
        return (vietnamese if locale == "vi" else english).format_map(dict(self.values))


# Each code has its sentence in Vietnamese, then in English.
_QUESTION = {
    "key_longest": (
        (
            "Đáp án đúng dài hơn hẳn các phương án khác ({longest} so với {others} ký tự), người thi dễ đoán ra."
            " Hãy rút gọn đáp án hoặc viết các phương án dài ngang nhau."
        ),
        (
            "The right answer is much longer than the other options ({longest} against {others} characters) and"
            " easily guessed. Shorten it, or make the options alike in length."
        ),
    ),
    "option_needs_order": (
        (
            "Phương án {option} (“{text}”) nhắc đến các phương án khác, nhưng thứ tự phương án được xáo trộn"
            " trong mỗi đề. Hãy giữ nguyên thứ tự hoặc viết lại phương án."
        ),
        (
            "Option {option} (“{text}”) speaks of the other options, but each paper shuffles them. Keep their order,"
            " or write the option anew."
        ),
    ),
    "options_alike": (
        (
            "Phương án {option} chỉ khác phương án {other} ở chữ hoa, vị trí dấu thanh, dấu câu hoặc kiểu chữ. Nếu câu"
            " không hỏi về cách viết, hãy sửa một phương án."
        ),
        (
            "Option {option} differs from option {other} only in capitals, the place of a tone mark, punctuation or"
            " emphasis. Unless the question is about spelling, change one of them."
        ),
    ),
    "picture_lost": (
        (
            "Hình “{mark}” không nằm trong ngân hàng nên không hiện; thí sinh chỉ đọc thấy đoạn mã này. Hãy tải hình"
            " lên ở trang “Hình ảnh và âm thanh” rồi chép mã của hình vào đây."
        ),
        (
            "The picture “{mark}” is not in the bank and can't be shown: people would read this code. Upload it on the"
            " page “Pictures and sounds”, then copy its code to this place."
        ),
    ),
    "source_to_add": (
        (
            "Chưa có nguồn: tệp nhập vào không ghi. Trước khi gửi duyệt, hãy ghi căn cứ: văn bản và điều khoản, hoặc"
            " sách và trang."
        ),
        (
            "The source is still missing: the imported file named none. Before it is reviewed, write the law and"
            " article, or the book and page."
        ),
    ),
    "explanation_missing": (
        "Chưa có giải thích. Nên ghi vì sao đáp án đúng, để trả lời khi có khiếu nại.",
        "There is no explanation. Say why the answer is right: it settles appeals.",
    ),
}

_LETTERS = {
    "invisible_letters": (
        "Có ký tự không nhìn thấy được ({names}), thường do chép từ trang web. Hãy xóa và gõ lại chỗ đó.",
        "There are invisible characters ({names}), often copied from a web page. Delete them and type again.",
    ),
    "lookalike_letters": (
        "Từ “{word}” có chữ cái chỉ trông giống chữ tiếng Việt ({names}), tìm kiếm không thấy. Hãy gõ lại từ này.",
        "The word “{word}” has letters that only look like the usual ones ({names}), so no search finds it. Retype it.",
    ),
    "private_letters": (
        "Có ký tự riêng của một phông chữ ({names}); máy khác sẽ hiện ô vuông. Hãy thay bằng ký tự chuẩn.",
        "There are characters private to one font ({names}); elsewhere they show as boxes. Use standard ones.",
    ),
    "old_font": (
        "“{word}” giống như chữ gõ bằng phông cũ (TCVN3 hoặc VNI). Hãy chuyển sang Unicode.",
        "“{word}” looks typed for an old font (TCVN3 or VNI). Convert it to Unicode.",
    ),
    "broken_encoding": (
        "“{word}” giống như chữ bị hỏng do mở sai bảng mã. Hãy lưu lại tệp dạng UTF-8.",
        "“{word}” looks broken by a wrong encoding. Save the file again as UTF-8.",
    ),
    "forms_mixed": FORMS_MIXED,
}

_BANK = {
    "key_positions_uneven": (
        (
            "Đáp án {letter} đúng ở {count} trên {total} câu {options} phương án (chia đều là khoảng {even})."
            " Điều này chỉ quan trọng với {locked} câu giữ nguyên thứ tự và với đề in theo thứ tự đã viết."
        ),
        (
            "{letter} is right in {count} of {total} questions with {options} options (evenly: about {even}). It"
            " matters only for the {locked} questions that keep their order, and for paper printed as written."
        ),
    ),
    "key_positions_uneven_in_print": (
        (
            "Đáp án {letter} đúng ở {count} trên {total} câu {options} phương án (chia đều là khoảng {even})."
            " Điều này chỉ quan trọng khi in theo thứ tự đã viết: trong đề thi, các phương án này đều được xáo trộn."
        ),
        (
            "{letter} is right in {count} of {total} questions with {options} options (evenly: about {even}). It"
            " matters only where they are printed as written: papers shuffle all of these options."
        ),
    ),
    "true_share_uneven": (
        "{count} trên {total} câu đúng/sai có đáp án “Đúng”; nên có khoảng một nửa.",
        "{count} of {total} true/false questions are true; about half would be better.",
    ),
    "tones_mixed": (
        "Cùng một tiếng được đặt dấu hai cách: {pairs}. Nên thống nhất một cách trong cả ngân hàng.",
        "The same syllable carries its tone in two places: {pairs}. Choose one way for the whole bank.",
    ),
}

_PAIR = {
    "near_duplicate": (
        "Gần như trùng với câu {other}.",
        "Nearly the same as question {other}.",
    ),
    "differs_by_number": (
        "Chỉ khác câu {other} ở con số. Hãy xem hai câu có cùng đúng và có nên để cả hai không.",
        "Differs from question {other} only in a number. See whether both are right and both are wanted.",
    ),
    "differs_by_negation": (
        "Chỉ khác câu {other} ở chữ phủ định (không, sai, trừ…). Người gặp cả hai câu sẽ đoán được đáp án.",
        "Differs from question {other} only by a negation. Whoever meets both will guess the answers.",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = _QUESTION | _LETTERS | _BANK | _PAIR
