"""What the template tells the committee, of every kind of question by its table."""

from question_bank.editing import MARKS, Cell, Setting, Table
from question_bank.formats.xlsx.answers import is_typed_key, text_columns
from question_bank.kinds import Kind, kinds

_HELP = (
    (
        "Cách dùng",
        (
            "Nhập mỗi câu hỏi trên một dòng của trang “Câu hỏi”. Trang “Ví dụ” chỉ để tham khảo,"
            " không được nhập vào hệ thống."
        ),
    ),
    (
        "Khi có lỗi",
        (
            "Trước khi nhập, hệ thống chỉ rõ từng ô cần sửa. Có thể nhập riêng các câu không có lỗi,"
            " hoặc sửa tệp rồi tải lên lại; câu đã có không bị nhập lần nữa."
        ),
    ),
    (
        "Mã câu",
        "Bắt buộc, không trùng nhau, tối đa 50 ký tự. Ví dụ: CDS-001.",
    ),
    (
        "Loại câu",
        "Bắt buộc. Chọn trong danh sách của ô; cách ghi đáp án của từng loại ở cuối trang này.",
    ),
    ("Câu hỏi", "Bắt buộc, tối đa 4.000 ký tự."),
    (
        "Phương án A…H",
        (
            "Ghi liên tiếp từ A, mỗi ô một phương án (hoặc một ý, một cặp, một chỗ trống, tùy loại câu)."
            " Nếu cần thêm, có thể thêm cột “Phương án I” và “Phương án J”."
        ),
    ),
    (
        "Đáp án",
        "Ghi theo loại câu, như hướng dẫn ở cuối trang này.",
    ),
    (
        "Chủ đề",
        "Bắt buộc. Ghi thống nhất tên chủ đề ở mọi câu, vì ma trận đề lấy câu hỏi theo tên này.",
    ),
    ("Độ khó", "Bắt buộc. Số nguyên từ 1 (dễ nhất) đến 5 (khó nhất)."),
    ("Giải thích", "Không bắt buộc. Hiển thị cho thí sinh khi đáp án được công bố."),
    (
        "Nguồn",
        "Bắt buộc. Ghi rõ văn bản và điều khoản làm căn cứ của đáp án.",
    ),
    (
        "Khóa thứ tự",
        (
            "Ghi “Có” nếu các phương án phải giữ nguyên thứ tự (ví dụ: có phương án “Tất cả các"
            " phương án trên”). Để trống hoặc ghi “Không” nếu được phép đảo."
        ),
    ),
    (
        "Câu bắt buộc",
        "Ghi “Có” nếu mọi đề thi đều phải có câu này. Không bắt buộc ghi; để trống hoặc ghi “Không” là câu thường.",
    ),
    (
        "Nhóm loại trừ",
        (
            "Ghi cùng một tên nhóm (ví dụ: N1) ở những câu không được ra cùng một đề, chẳng hạn khi câu này làm lộ"
            " đáp án câu kia. Mỗi đề có nhiều nhất một câu của nhóm. Để trống nếu câu không thuộc nhóm nào."
        ),
    ),
    (
        "Cột thêm",
        (
            "Có thể thêm cột “Nhãn” (các nhãn cách nhau bằng dấu phẩy), cột “Điểm” (ví dụ: 1 hoặc"
            " 0,5; để trống là 1 điểm) và cột “Tùy chọn”. Không thêm cột nào khác."
        ),
    ),
    (
        "Tùy chọn",
        (
            "Những điều quyết định riêng cho câu hỏi, ghi “tên: giá trị”, cách nhau bằng dấu chấm phẩy, ví dụ:"
            " Sai số cho phép: 2%; Đơn vị: km. Bỏ qua những tùy chọn giữ giá trị thường dùng."
        ),
    ),
    (
        "Lưu ý",
        (
            "Không dùng công thức. Số có dấu phẩy, ngày tháng và phần trăm phải được nhập dưới dạng"
            " văn bản. Tối đa 5.000 câu mỗi tệp."
        ),
    ),
)


HINTS = {"apart": "Các câu ghi cùng tên nhóm (ví dụ: N1) không ra cùng một đề. Để trống nếu không cần."}
"""What Excel shows beside a cell of a column, at most 255 characters."""


def help_lines() -> list[tuple[str, str]]:
    """Return the lines of the help sheet: what each is about, and what it says."""
    return [*_HELP, *((f"Loại câu “{kind.name.vi}”", _answers_help(kind) + _settings_help(kind)) for kind in kinds())]


def _answers_help(kind: Kind) -> str:
    table, texts = kind.table, text_columns(kind.table)
    if table is None:
        return "Để trống các ô phương án và ô Đáp án."
    titles = " = ".join(table.columns[index].title.vi.lower() for index in texts)
    if not texts:
        return f"Để trống các ô phương án. {_key_help(table)}"
    parted = " (dấu = có khoảng trắng hai bên; dấu = thuộc phần trước thì ghi \\=)" if len(texts) > 1 else ""
    return f"Mỗi ô phương án ghi: {titles}{parted}. {_key_help(table)}"


def _key_help(table: Table) -> str:
    cells = {column.cell for column in table.columns}
    if is_typed_key(table):
        several = "; nhiều câu trả lời cách nhau bằng dấu | (dấu | thuộc câu trả lời thì ghi \\|)"
        return f"Đáp án: ghi {table.columns[0].title.vi.lower()}{several if table.most > 1 else ''}."
    if Cell.RIGHT_ONE in cells:
        return "Đáp án: chữ cái của phương án đúng, ví dụ: B."
    if cells & MARKS:
        return "Đáp án: chữ cái của tất cả các phương án đúng, ví dụ: A, C."
    if Cell.TRUE_FALSE in cells:
        return "Đáp án: Đúng hoặc Sai." if table.most == 1 else "Đáp án: Đ hoặc S cho từng ý, ví dụ: Đ, S, Đ, S."
    return "Để trống ô Đáp án."


def _settings_help(kind: Kind) -> str:
    if not kind.settings:
        return ""
    return f" Tùy chọn: {'; '.join(map(_setting_help, kind.settings))}."


def _setting_help(setting: Setting) -> str:
    choices = " / ".join(words.vi for _code, words in setting.choices)
    return f"{setting.title.vi} ({choices})" if choices else setting.title.vi
