"""Sentences about files of other programs: what is wrong with them, what is guessed, and what they cannot hold."""

FORMS_MIXED = (
    "Tệp có cả chữ dựng sẵn và chữ tổ hợp (hai cách lưu dấu). Khi nhập, tất cả được đưa về chữ dựng sẵn.",
    "The file mixes composed and decomposed letters. On import all of them become composed.",
)

_GUESSES = {
    "letters_mixed": FORMS_MIXED,
    "code_made": (
        "Câu không có mã, hoặc có mã trùng với câu trước trong tệp ({count} câu); hệ thống đặt mã theo thứ tự câu.",
        "Without a code, or with that of an earlier question ({count} questions); one was made.",
    ),
    "kind_made": (
        "Tệp không ghi loại câu ({count} câu); loại câu được hiểu theo phương án và đáp án, hãy kiểm tra.",
        "The file names no kinds ({count} questions); they were taken from options and keys, check them.",
    ),
    "row_hidden": (
        "Dòng đang ẩn trong bảng tính vẫn được đọc ({count} dòng).",
        "Rows that the workbook hides were read as well ({count}).",
    ),
    "topic_made": (
        "Tệp không ghi chủ đề ({count} câu); chủ đề tạm là “Chưa phân loại”.",
        "The file names no topic ({count} questions); it is “Chưa phân loại” for now.",
    ),
    "difficulty_made": (
        "Tệp không ghi độ khó ({count} câu); độ khó tạm là 3.",
        "The file names no difficulty ({count} questions); it is 3 for now.",
    ),
    "source_made": (
        "Tệp không ghi nguồn ({count} câu); hãy bổ sung nguồn trước khi gửi duyệt.",
        "The file names no source ({count} questions); add it before sending them to review.",
    ),
    "feedback_joined": (
        "Nhận xét riêng cho từng phương án được gộp vào phần giải thích ({count} câu).",
        "Feedback on single options was joined to the explanation ({count} questions).",
    ),
    "weights_changed": (
        "Tỉ lệ điểm của các phương án không giữ nguyên được ({count} câu); hãy kiểm tra cách tính điểm.",
        "The weights of options could not be kept ({count} questions); check the scoring.",
    ),
    "answers_dropped": (
        "Câu trả lời chỉ được một phần điểm, hoặc đáp số thứ hai trở đi, đã bị bỏ ({count} câu).",
        "Answers worth a part of the points, or further numbers, were left out ({count} questions).",
    ),
    "wildcard": (
        "Dấu * trong câu trả lời không thay cho chữ bất kỳ; hãy ghi đủ các cách trả lời ({count} câu).",
        "A * in an answer does not stand for any text; write each answer ({count} questions).",
    ),
    "pictures_dropped": (
        "Hình ảnh, âm thanh hoặc bảng trong văn bản không nhập được ({count} câu); hãy chèn lại.",
        "Pictures, sounds or tables in texts could not be imported ({count} questions); insert them again.",
    ),
    "marks_dropped": (
        "Chữ đậm, gạch chân, nghiêng, chỉ số trên hoặc dưới ở giữa một từ không giữ được ({count} câu); hãy xem lại.",
        "Bold, underlined, italic, raised or lowered letters inside a word could not be kept ({count} questions).",
    ),
    "type_unread": (
        "Loại câu hỏi này chưa nhập được nên đã bỏ qua ({count} câu).",
        "Questions of this type cannot be read and were passed over ({count} questions).",
    ),
    "hidden_read": (
        "Câu đang bị ẩn trong Moodle vẫn được nhập ({count} câu).",
        "Questions that are hidden in Moodle were read as well ({count} questions).",
    ),
    "points_rounded": (
        "Số điểm được làm tròn đến ba chữ số sau dấu phẩy ({count} câu).",
        "The points were rounded to three decimals ({count} questions).",
    ),
    "units_dropped": (
        "Chỉ giữ đơn vị chính của đáp số; đơn vị quy đổi và điểm trừ về đơn vị không nhập được ({count} câu).",
        "Only the main unit of the number was kept, no conversions nor penalties for units ({count} questions).",
    ),
    "tolerance_dropped": (
        "Chỗ trống điền số không có sai số ({count} câu); hãy ghi đủ các cách trả lời.",
        "Numbers in gaps have no tolerance ({count} questions); write each answer.",
    ),
    "case_mixed": (
        "Các chỗ trống khác nhau về phân biệt chữ hoa, chữ thường; tạm phân biệt ở mọi chỗ ({count} câu).",
        "Case counts in some gaps only; it counts in all of them for now ({count} questions).",
    ),
    "extras_dropped": (
        "Gợi ý, mẫu bài làm hoặc tệp đính kèm không nhập được ({count} câu).",
        "Hints, templates of responses or attachments could not be read ({count} questions).",
    ),
    "medium_missing": (
        "Hình ảnh hoặc âm thanh không có trong tệp, chỉ có đường dẫn ({count} câu); hãy chèn lại.",
        "Pictures or sounds are not in the file, only their addresses ({count} questions); insert them again.",
    ),
    "medium_named": (
        "Hình ảnh hoặc âm thanh không có mô tả ({count} câu); mô tả tạm là “Hình” hoặc tên tệp, hãy ghi lại.",
        "Pictures or sounds have no description ({count} questions); it is “Hình” or the name of the file for now.",
    ),
    "not_question": (
        "Đoạn văn bản không có phần đáp án nên không phải là câu hỏi; đã bỏ qua ({count} đoạn).",
        "A text without answers is no question and was passed over ({count} texts).",
    ),
}

_LIMITS = {
    "compulsory_read": (
        "Câu bắt buộc có trong mọi đề, nếu là câu mới của ngân hàng ({count} câu).",
        "Compulsory on every paper, if new to the bank ({count} questions).",
    ),
    "apart_read": (
        "Các câu của một nhóm loại trừ không ra cùng một đề, nếu là câu mới của ngân hàng ({count} nhóm).",
        "Questions that no paper has beside each other, if new to the bank ({count} groups).",
    ),
    "apart_alone": (
        "Nhóm loại trừ chỉ có một câu nên không có tác dụng ({count} nhóm).",
        "An exclusion group of one question changes nothing ({count} groups).",
    ),
    "limits_refused": (
        (
            "Tệp đánh dấu câu bắt buộc hoặc nhóm loại trừ ({count} câu); chỉ người duyệt hoặc Ban Tổ chức được đặt các"
            " dấu này nên chúng không được lấy."
        ),
        (
            "The file marks compulsory or excluding questions ({count}); only reviewers and organizers may set that, so"
            " the marks are not taken."
        ),
    ),
}

_GIFT = {
    "gift_braces": (
        (
            "Câu hỏi cần đúng một phần đáp án trong dấu {{ }}, không có dòng trống bên trong. Giữa hai câu phải có dòng"
            " trống; dấu ngoặc thuộc nội dung thì ghi \\{{ \\}}."
        ),
        (
            "A question needs one part with answers in {{ }}, without an empty line inside. Put an empty line between"
            " questions; braces that belong to a text are written \\{{ \\}}."
        ),
    ),
    "block_long": (
        "Câu hỏi dài hơn {most} ký tự. Có thể thiếu dòng trống giữa các câu.",
        "The question has over {most} characters. Perhaps empty lines between questions are missing.",
    ),
    "gift_zip": (
        "Gói .zip cần có đúng một tệp .gift, cùng các hình và âm thanh mà tệp ấy gọi tên; gói không được đặt mật khẩu.",
        "The .zip file needs exactly one .gift file, beside the media that it names, and no password.",
    ),
    "gift_pair": (
        "Trong câu ghép đôi, mỗi dòng phải có dạng “= vế trái -> vế phải”.",
        "Each line of a matching question must look like “= left -> right”.",
    ),
    "gift_number": (
        "“{value}” không phải là đáp số dạng 3.14, 3.14:0.01 hoặc 3..4.",
        "“{value}” is no number like 3.14, 3.14:0.01 or 3..4.",
    ),
}

_MOODLE = {
    "not_moodle": (
        "Tệp XML bắt đầu bằng “{value}” nên không phải là câu hỏi của Moodle (cần “quiz”).",
        "The XML file begins with “{value}”: it holds no questions of Moodle (“quiz” is needed).",
    ),
    "xml_broken": (
        "Tệp không phải là XML hợp lệ (dòng {line}, cột {column}). Hãy xuất lại từ Moodle.",
        "The file is not valid XML (line {line}, column {column}). Export it from Moodle again.",
    ),
    "xml_unsafe": (
        "Tệp XML có khai báo thực thể hoặc lồng quá sâu, có thể gây hại, nên không được đọc.",
        "The XML file declares entities or is nested too deep, which may do harm; it was not read.",
    ),
    "question_large": (
        "Câu hỏi có quá nhiều chữ (hơn {most} ký tự) hoặc quá nhiều phần.",
        "The question holds too much text (over {most} characters) or too many parts.",
    ),
}

_AIKEN = {
    "aiken_answer": (
        "Câu hỏi chưa có dòng “ANSWER: …” với chữ cái của phương án đúng.",
        "The question lacks its line “ANSWER: …” with the letter of the right option.",
    ),
    "aiken_option": (
        "Phương án phải ghi lần lượt A. B. C. …, mỗi phương án một dòng; ở đây cần phương án {option}.",
        "Options are written A. B. C. … in this order, one a line; here {option} should follow.",
    ),
}

_LOST = {
    "lost_kind": (
        "Không có trong tệp vì loại tệp này không có loại câu hỏi như vậy ({count} câu).",
        "Left out, as such files have no questions of that kind ({count} questions).",
    ),
    "lost_form": (
        "Không có trong tệp vì nội dung không ghi được theo dạng của tệp ({count} câu).",
        "Left out, as their texts cannot be written in such files ({count} questions).",
    ),
    "lost_topic": ("Tệp không giữ chủ đề ({count} câu).", "The topic is not kept ({count} questions)."),
    "lost_difficulty": ("Tệp không giữ độ khó ({count} câu).", "The difficulty is not kept ({count} questions)."),
    "lost_source": ("Tệp không giữ nguồn ({count} câu).", "The source is not kept ({count} questions)."),
    "lost_points": ("Tệp không giữ số điểm ({count} câu).", "The points are not kept ({count} questions)."),
    "lost_order": (
        "Tệp không giữ việc khóa thứ tự phương án ({count} câu).",
        "That options are locked in their order is not kept ({count} questions).",
    ),
    "lost_tags": ("Tệp không giữ nhãn ({count} câu).", "Tags are not kept ({count} questions)."),
    "lost_code": ("Tệp không giữ mã câu ({count} câu).", "Codes are not kept ({count} questions)."),
    "lost_explanation": (
        "Tệp không giữ phần giải thích ({count} câu).",
        "Explanations are not kept ({count} questions).",
    ),
    "lost_settings": (
        "Tệp không giữ đủ tùy chọn và cách tính điểm ({count} câu).",
        "Settings and scoring are not wholly kept ({count} questions).",
    ),
    "lost_limits": (
        "Tệp không giữ dấu câu bắt buộc và nhóm loại trừ ({count} câu).",
        "Which questions are compulsory or exclude each other is not kept ({count} questions).",
    ),
    "lost_media": (
        "Tệp không kèm hình ảnh và âm thanh ({count} câu).",
        "Pictures and sounds do not come along ({count} questions).",
    ),
    "lost_marks": (
        "Tệp không giữ đúng định dạng của một số đoạn chữ ({count} câu).",
        "The marks of some texts are not wholly kept ({count} questions).",
    ),
    "lost_lines": (
        "Tệp không giữ chỗ xuống dòng ({count} câu).",
        "Line breaks are not kept ({count} questions).",
    ),
}

EXCHANGE = _GUESSES | _LIMITS | _GIFT | _MOODLE | _AIKEN | _LOST
