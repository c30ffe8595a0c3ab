"""The sentences for what can be wrong with a file of questions: in Vietnamese, then in English."""

FILE = {
    "code_missing": ("Chưa có mã câu.", "The question code is missing."),
    "code_repeated": (
        "Mã câu “{value}” đã dùng ở ô {other}.",
        "The code “{value}” was already used at {other}.",
    ),
    "question_repeated": (
        "Câu hỏi này trùng cả nội dung và phương án với câu ở ô {other}.",
        "This question has the same text and options as the one at {other}.",
    ),
    "no_questions": (
        "Tệp không có câu hỏi nào.",
        "The file holds no questions.",
    ),
    "too_many_questions": (
        "Tệp có nhiều hơn {most} câu hỏi; hãy chia thành nhiều tệp.",
        "The file has more than {most} questions; divide it into several files.",
    ),
    "format_unknown": (
        "Không đọc được loại tệp “{value}”. Các loại dùng được: {known}.",
        "Files of type “{value}” cannot be read. Known types: {known}.",
    ),
    "text_unknown": (
        "Tệp văn bản này không có câu hỏi theo dạng GIFT, Aiken hay CSV. Hãy xem lại cách ghi của từng dạng.",
        "This text holds no questions as GIFT, Aiken or CSV write them. See how each of them is written.",
    ),
    "file_missing": ("Không mở được tệp “{value}”.", "The file “{value}” cannot be opened."),
    "file_large": (
        "Tệp lớn hơn {most} MB.",
        "The file is larger than {most} MB.",
    ),
    "media_large": (
        "Hình ảnh và âm thanh trong tệp có tổng dung lượng lớn hơn {most} MB.",
        "The pictures and sounds in the file are larger than {most} MB together.",
    ),
    "tags_many": (
        "Văn bản trong tệp có quá nhiều thẻ HTML hoặc hình ảnh (hơn {most}); hãy chia thành nhiều tệp.",
        "The texts of the file hold too many HTML tags or pictures (over {most}); divide it into several files.",
    ),
    "values_many": (
        "Tệp có quá nhiều mục (hơn {most}); hãy chia thành nhiều tệp.",
        "The file holds too many values (over {most}); divide it into several files.",
    ),
    "not_json": (
        "Tệp không phải là JSON hợp lệ (dòng {line}, cột {column}).",
        "The file is not valid JSON (line {line}, column {column}).",
    ),
    "not_bank": (
        'Tệp JSON không phải là ngân hàng câu hỏi: cần có "format": "{format}".',
        'The JSON file is no question bank: it needs "format": "{format}".',
    ),
    "date_wrong": (
        "“{value}” không phải là ngày dạng NĂM-THÁNG-NGÀY.",
        "“{value}” is not a date written YEAR-MONTH-DAY.",
    ),
}

TEXTFILE = {
    "not_text": (
        "Tệp không phải là tệp văn bản. Hãy lưu lại dạng văn bản thuần, bảng mã UTF-8.",
        "The file is no text file. Save it again as plain text, encoded as UTF-8.",
    ),
    "csv_broken": (
        "Không tách được các ô từ dòng {line}: hãy kiểm tra dấu ngoặc kép, hoặc lưu lại bằng Excel dạng CSV UTF-8.",
        "The cells cannot be told apart from line {line}: check the quotes, or save it by Excel as CSV UTF-8.",
    ),
    "encoding_guessed": (
        "Tệp không phải UTF-8; hệ thống đoán bảng mã là {encoding}. Hãy kiểm tra lại dấu tiếng Việt.",
        "The file is not UTF-8; it was taken for {encoding}. Check the Vietnamese marks.",
    ),
}

WORKBOOK = {
    "not_xlsx": (
        (
            "Tệp không phải là bảng tính Excel (.xlsx) hoặc đã bị hỏng. Hãy mở bằng Excel và lưu lại"
            " dạng .xlsx, không đặt mật khẩu."
        ),
        (
            "The file is no Excel workbook (.xlsx), or it is damaged. Open it in Excel and save it"
            " again as .xlsx, without a password."
        ),
    ),
    "unpacks_large": (
        "Tệp nén bất thường: sau khi giải nén lớn hơn {most} MB nên không được mở.",
        "The file is packed abnormally: it would unpack to more than {most} MB and was not opened.",
    ),
    "text_much": (
        "Bảng tính có quá nhiều chữ (hơn {most} ký tự); hãy chia thành nhiều tệp.",
        "The workbook holds too much text (over {most} characters); divide it into several files.",
    ),
    "sheet_missing": (
        "Tệp có nhiều trang tính mà không có trang “{value}”. Hãy đặt tên ấy cho trang có câu hỏi, hoặc dùng tệp mẫu.",
        "There are several sheets, none called “{value}”. Give the one with questions that name, or use the template.",
    ),
    "column_missing": (
        "Thiếu cột “{value}” ở dòng tiêu đề.",
        "The column “{value}” is missing from the header.",
    ),
    "column_unknown": (
        "Không có cột nào tên “{value}”; hãy sửa theo tệp mẫu hoặc xóa cột này.",
        "There is no column called “{value}”; correct it as in the template or delete it.",
    ),
    "column_repeated": ("Cột “{value}” có hai lần.", "The column “{value}” occurs twice."),
    "column_unnamed": (
        "Ô này có dữ liệu nhưng cột không có tên.",
        "This cell holds data, but its column has no name.",
    ),
    "cell_formula": (
        "Ô chứa công thức. Hãy dán lại dưới dạng giá trị.",
        "The cell holds a formula. Paste it again as a value.",
    ),
    "cell_error": ("Ô báo lỗi của Excel.", "The cell holds an Excel error."),
    "cell_long": (
        "Ô có hơn {most} ký tự.",
        "The cell holds more than {most} characters.",
    ),
    "cell_far": (
        "Ô này nằm quá xa bảng câu hỏi; hãy xóa nội dung của ô.",
        "This cell is far outside the table of questions; delete what it holds.",
    ),
    "cell_not_text": (
        "Ô không phải là văn bản (số lẻ, ngày giờ, phần trăm…). Hãy định dạng Văn bản rồi gõ lại.",
        "The cell is not text (a fraction, date, percentage…). Format it as Text and type again.",
    ),
    "number_wrong": (
        "“{value}” không phải là số nguyên.",
        "“{value}” is not a whole number.",
    ),
    "points_wrong": (
        "“{value}” không phải là số điểm (tối đa ba chữ số sau dấu phẩy).",
        "“{value}” is not a number of points (at most three decimals).",
    ),
    "kind_label_unknown": (
        "Loại câu “{value}” không đúng. Hãy chọn: {known}.",
        "The kind of question “{value}” is wrong. Choose one of: {known}.",
    ),
    "setting_unknown": (
        "Loại câu này không có tùy chọn “{setting}”. Các tùy chọn: {known}.",
        "This kind of question has no setting “{setting}”. Its settings: {known}.",
    ),
    "setting_value": (
        "“{value}” không phải là giá trị của tùy chọn “{setting}”; xem trang Hướng dẫn của tệp mẫu.",
        "“{value}” is no value of the setting “{setting}”; see the help sheet of the template.",
    ),
    "yes_no_wrong": ("“{value}” phải là “Có” hoặc “Không”.", "“{value}” must be “Có” or “Không”."),
}
