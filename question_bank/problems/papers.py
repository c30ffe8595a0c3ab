"""What can be wrong with a blueprint, or lacks for its paper, by code."""

PAPER = {
    "row_count": (
        "Dòng {row} của ma trận đề: số câu phải từ 1 trở lên.",
        "Row {row} of the blueprint: the number of questions must be 1 or more.",
    ),
    "row_points": (
        "Dòng {row} của ma trận đề: điểm mỗi câu phải lớn hơn 0 và không quá {most}.",
        "Row {row} of the blueprint: the points of a question must be above 0 and at most {most}.",
    ),
    "row_section": (
        "Dòng {row} của ma trận đề: hãy chọn một phần có trong đề.",
        "Row {row} of the blueprint: choose one of the paper's sections.",
    ),
    "section_title": ("Phần {section} của đề chưa có tên.", "Section {section} of the paper has no title."),
    "section_empty": (
        "Phần {section} của đề chưa có dòng nào: hãy thêm dòng cho phần này hoặc bỏ phần này.",
        "Section {section} of the paper has no row: give it one, or drop it.",
    ),
    "row_short": (
        "Dòng {row} của ma trận đề cần {wanted} câu nhưng chỉ có {available} câu.",
        "Row {row} of the blueprint wants {wanted} questions, but only {available} can be had.",
    ),
    "row_short_shared": (
        (
            "Dòng {row} của ma trận đề cần {wanted} câu nhưng chỉ có {available} câu: trong {fitting} câu phù hợp,"
            " {elsewhere} câu phải dành cho dòng khác, {barred} câu không được ra cùng đề với câu đã có trên đề."
        ),
        (
            "Row {row} of the blueprint wants {wanted} questions, but only {available} can be had: of the {fitting}"
            " that fit, {elsewhere} are needed by other rows, and {barred} may not stand beside one already there."
        ),
    ),
    "compulsory_unplaced": (
        (
            "Câu bắt buộc {question} không có chỗ trên đề: không dòng nào của ma trận đề nhận câu này (chủ đề, độ khó,"
            " loại câu), hoặc các dòng nhận câu này đã hết chỗ vì những câu bắt buộc khác."
        ),
        (
            "The compulsory question {question} has no place on the paper: no row takes it (topic, difficulty, kind),"
            " or the rows that do are full of other compulsory questions."
        ),
    ),
    "compulsory_apart": (
        "Câu bắt buộc {question} và câu bắt buộc {other} không được ra cùng một đề.",
        "The compulsory questions {question} and {other} may not stand on the same paper.",
    ),
}
