"""Sentences about QTI packages: what is wrong with them and what is guessed."""

QTI = {
    "not_qti": (
        "Tệp .zip không phải là gói QTI hoặc đã bị hỏng: gói QTI có tệp imsmanifest.xml, không đặt mật khẩu.",
        "The .zip file is no QTI package, or it is damaged: a package holds imsmanifest.xml and has no password.",
    ),
    "qti_earlier": (
        "Gói theo QTI 1.2 nên không đọc được. Hãy xuất lại theo QTI 2.1, 2.2 hoặc 3.0.",
        "The package is of QTI 1.2 and cannot be read. Export it again as QTI 2.1, 2.2 or 3.0.",
    ),
    "qti_missing": (
        "Danh mục của gói có ghi tệp này, nhưng trong gói không có.",
        "The manifest names this file, but the package does not hold it.",
    ),
    "qti_broken": (
        "Tệp câu hỏi không phải là XML hợp lệ, có khai báo DOCTYPE, hoặc quá lớn.",
        "The file of the question is no valid XML, declares a DOCTYPE, or is too large.",
    ),
    "qti_not_item": (
        "Tệp này không phải là câu hỏi QTI (assessmentItem có itemBody).",
        "The file is no QTI question (an assessmentItem with an itemBody).",
    ),
    "qti_template": (
        "Câu hỏi có giá trị sinh ngẫu nhiên theo khuôn mẫu nên không nhập được.",
        "The question has values made at random from a template and cannot be imported.",
    ),
    "qti_interaction": (
        "Hệ thống không có loại câu hỏi ứng với “{value}”.",
        "There is no kind of question for “{value}”.",
    ),
    "qti_several": (
        "Câu hỏi có nhiều phần trả lời khác loại; hãy tách thành nhiều câu.",
        "The question has several parts of different kinds; make a question of each.",
    ),
    "qti_pairs": (
        "Các cặp ghép không rõ: mỗi dòng bên trái chỉ được ghép với một phương án bên phải.",
        "The pairs are not clear: each left side belongs to one right side.",
    ),
    "qti_key_other": (
        "Đáp án ghi sẵn là “{value}” nhưng quy tắc chấm lại tính điểm cho “{other}”; hãy sửa cho khớp.",
        "The key that is declared is “{value}”, but the rule gives the points for “{other}”; make them agree.",
    ),
    "qti_passage": (
        "Tệp chỉ có lời dẫn, không có phần trả lời nên không phải là câu hỏi; đã bỏ qua ({count} tệp).",
        "A file without anything to answer is no question and was passed over ({count} files).",
    ),
    "qti_test": (
        "Gói có cả đề thi; chỉ các câu hỏi được nhập, không nhập phần và thứ tự câu trong đề.",
        "The package also holds a test; its questions are imported, not its sections and their order.",
    ),
    "rule_unknown": (
        (
            "Quy tắc chấm không có hoặc không thuộc dạng thông dụng ({count} câu); đáp án lấy theo đáp án ghi sẵn. Hãy"
            " kiểm tra đáp án và cách tính điểm."
        ),
        (
            "The rule of scoring is missing or an unusual one ({count} questions); the key is the one that is declared."
            " Check the key and the scoring."
        ),
    ),
    "rubric_dropped": (
        "Ghi chú bên cạnh câu hỏi (rubricBlock) không được nhập ({count} câu).",
        "Notes beside the question (rubricBlock) were not imported ({count} questions).",
    ),
    "formula_dropped": (
        "Công thức quá phức tạp nên chỉ nhập được dạng chữ ({count} câu); hãy gõ lại công thức.",
        "Formulas that are not simple were imported as text ({count} questions); type them again.",
    ),
    "order_locked": (
        "Chỉ một số phương án được giữ nguyên chỗ ({count} câu); hệ thống giữ nguyên thứ tự của cả câu.",
        "Only some options keep their places ({count} questions); all of them do so here.",
    ),
}
