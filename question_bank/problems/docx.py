"""Sentences about Word documents of questions."""

_FILE = {
    "not_docx": (
        "Tệp không phải là văn bản Word (.docx) hoặc đã bị hỏng. Hãy mở bằng Word và lưu lại dạng .docx.",
        "The file is no Word document (.docx), or it is damaged. Open it in Word and save it again as .docx.",
    ),
    "docx_old": (
        (
            "Tệp là văn bản Word đời cũ (.doc) hoặc có đặt mật khẩu. Hãy mở bằng Word, bỏ mật khẩu nếu có, rồi chọn"
            " Lưu thành (Save As) dạng .docx."
        ),
        (
            "The file is an old Word document (.doc), or it has a password. Open it in Word, take the password away"
            " and choose Save As .docx."
        ),
    ),
    "docx_macros": (
        "Văn bản Word có chứa macro (.docm) nên không được mở. Hãy lưu lại dạng .docx.",
        "The Word document holds macros (.docm) and was not opened. Save it again as .docx.",
    ),
    "docx_much": (
        "Văn bản quá dài (hơn {most} triệu ký tự hoặc 75.000 đoạn); hãy chia thành nhiều tệp.",
        "The document is too long (over {most} million characters or 75,000 paragraphs); divide it into several files.",
    ),
}

_FAULTS = {
    "docx_option": (
        "Các phương án phải ghi lần lượt A, B, C…; ở đây cần phương án {option}.",
        "Options are written A, B, C, … in this order; here {option} should follow.",
    ),
    "docx_no_answer": (
        (
            "Câu không có phương án và không có đáp án. Hãy ghi dòng “Đáp án: …”; câu tự luận hoặc dự đoán thì ghi dòng"
            " “Loại câu: Tự luận” hoặc “Loại câu: Dự đoán”."
        ),
        (
            "The question has neither options nor a key. Write a line “Đáp án: …”, or for an essay or prediction a line"
            " “Loại câu: Tự luận” or “Loại câu: Dự đoán”."
        ),
    ),
    "docx_options_lost": (
        "Đáp án là “{value}” nhưng không tìm thấy phương án nào của câu; hãy ghi các phương án A., B., C.…",
        "The key is “{value}”, but no options were found; write them as A., B., C., …",
    ),
    "docx_columns_lost": (
        (
            "Câu không có phương án nào, còn các cột “{value}” không được đọc. Nếu đó là các phương án, hãy đặt tên cột"
            " là “Phương án A”, “Phương án B”…"
        ),
        (
            "The question has no options, and the columns “{value}” are not read. If they are options, call the columns"
            " “Phương án A”, “Phương án B”, …"
        ),
    ),
    "docx_which": (
        "Đáp án không thống nhất: {value}. Phương án nào đúng? Hãy sửa lại cho khớp.",
        "The key contradicts itself: {value}. Which option is right? Make them agree.",
    ),
    "docx_marks_many": (
        "Nhiều phương án được đánh dấu ({option}) nên không chắc đâu là đáp án. Hãy ghi dòng “Đáp án: …”.",
        "Several options are marked ({option}), so the key is not sure. Write a line “Đáp án: …”.",
    ),
    "docx_key_unread": (
        "Không hiểu đáp án “{value}”. Hãy ghi chữ cái của phương án đúng, ví dụ “Đáp án: B”.",
        "The key “{value}” is not understood. Write the letter of the right option, as in “Đáp án: B”.",
    ),
    "docx_number_twice": (
        (
            "Bảng đáp án ghi theo số câu, nhưng có nhiều câu cùng mang số {number}. Hãy ghi tên phần trên từng bảng (ví"
            " dụ “ĐÁP ÁN PHẦN I”), đánh số lại, hoặc ghi “Đáp án: …” dưới câu."
        ),
        (
            "The list of keys goes by number, but several questions are number {number}. Name the part above each list"
            " (“ĐÁP ÁN PHẦN I”), number them again, or write “Đáp án: …” below the question."
        ),
    ),
    "docx_key_unused": (
        "Bảng đáp án có số câu không có trong tệp ({count} số).",
        "The list of keys names numbers that no question has ({count}).",
    ),
    "docx_level": (
        "Không hiểu mức độ “{value}”. Hãy ghi số từ 1 đến 5, hoặc Nhận biết, Thông hiểu, Vận dụng, Vận dụng cao.",
        "The level “{value}” is not understood. Write a number from 1 to 5, or one of the four usual words.",
    ),
    "docx_raised": (
        "Chữ viết nhỏ ở trên hoặc ở dưới dòng không giữ được; hãy ghi thành công thức, ví dụ $x^{{n+1}}$.",
        "Raised or lowered text cannot be kept; write a formula, as in $x^{{n+1}}$.",
    ),
    "docx_equation": (
        "Có công thức của Word không chuyển được; hãy ghi lại bằng LaTeX giữa hai dấu $.",
        "An equation of Word cannot be taken over; write it in LaTeX between two $.",
    ),
    "docx_drawing": (
        "Biểu đồ, SmartArt hoặc tài liệu nhúng không đọc được; hãy chép thành hình (PNG) rồi dán lại.",
        "Charts, SmartArt and embedded documents cannot be read; paste them again as a picture (PNG).",
    ),
    "docx_picture_missing": (
        "Có hình chỉ là liên kết, không nằm trong tệp; hãy chèn hình vào tệp.",
        "A picture is only a link and not in the file; insert the picture itself.",
    ),
    "docx_picture_kind": (
        "Có hình dạng WMF/EMF (thường là công thức MathType) không hiển thị được trên web; hãy dán lại dạng PNG.",
        "A picture is WMF or EMF (often an equation of MathType), which pages cannot show; paste it again as PNG.",
    ),
    "docx_symbol": (
        "Có ký hiệu chèn từ phông Symbol hoặc Wingdings không đọc được (thay bằng □); hãy gõ lại.",
        "A symbol of the fonts Symbol or Wingdings cannot be read (shown as □); type it again.",
    ),
    "docx_struck": (
        "Có chữ bị gạch ngang nên không rõ còn dùng hay đã bỏ; hãy xóa hẳn chữ ấy hoặc bỏ gạch ngang.",
        "Words are struck through, so it is not sure whether they count; delete them or take the line away.",
    ),
    "docx_long": (
        "Có đoạn văn dài hơn 20.000 ký tự; phần sau không được đọc.",
        "A paragraph has over 20,000 characters; what comes after them was not read.",
    ),
}

_GUESSES = {
    "docx_key_mark": (
        "Đáp án {option} được hiểu theo cách đánh dấu ({mark}); hãy kiểm tra.",
        "The key {option} was taken from how options are marked ({mark}); check it.",
    ),
    "docx_key_number": (
        "Đáp án ghi bằng số được hiểu là số thứ tự của phương án (1 là A, 2 là B…); hãy kiểm tra.",
        "A key that is a number was taken for the place of an option (1 is A, 2 is B, …); check it.",
    ),
    "docx_key_list": (
        "Dòng “Đáp án: …” dưới câu này được hiểu là đáp án của các câu theo số ghi trong dòng; hãy kiểm tra.",
        "The line “Đáp án: …” below this question was taken for the keys of the questions it numbers; check it.",
    ),
    "docx_truth_behind": (
        "Câu được hiểu là câu Đúng/Sai, theo chữ “{value}” ở cuối câu; hãy kiểm tra.",
        "The question was taken for true or false, by “{value}” at its end; check it.",
    ),
    "docx_typed": (
        "Câu không có phương án nên được hiểu là câu trả lời ngắn, đáp án “{value}”; hãy kiểm tra.",
        "The question has no options and was taken for a short answer, “{value}”; check it.",
    ),
    "docx_number": (
        "Câu không có phương án nên được hiểu là câu điền số, đáp số “{value}”; hãy kiểm tra.",
        "The question has no options and was taken for a number, “{value}”; check it.",
    ),
    "docx_explained": (
        "Đoạn văn sau đáp án được coi là phần giải thích; hãy kiểm tra.",
        "A paragraph after the key was taken for the explanation; check it.",
    ),
    "docx_option_goes_on": (
        "Đoạn văn sau phương án cuối được coi là phần tiếp của phương án đó; hãy kiểm tra.",
        "A paragraph after the last option was taken for more of that option; check it.",
    ),
    "docx_tracked": (
        "Văn bản còn các thay đổi được theo dõi: phần đã xóa bị bỏ, phần đã thêm được đọc.",
        "The text holds tracked changes: what was deleted is left out, what was inserted is read.",
    ),
    "docx_box": (
        "Chữ trong hộp văn bản được đưa vào chỗ gắn hộp; hãy kiểm tra thứ tự.",
        "The text of a box was put where the box is anchored; check the order.",
    ),
    "docx_hidden": (
        "Văn bản có chữ ẩn; chữ ấy cũng được đọc.",
        "The text holds hidden words; they are read, too.",
    ),
    "docx_footnote": (
        "Chú thích cuối trang được đưa vào trong ngoặc đơn.",
        "A footnote was put into the text in brackets.",
    ),
    "docx_description": (
        "Hình chưa có mô tả nên tạm ghi “Hình minh họa”; hãy mô tả hình cho người không nhìn thấy.",
        "A picture has no description and is called “Hình minh họa”; describe it for those who cannot see it.",
    ),
    "docx_underline": (
        "Phần gạch chân trong nội dung không giữ được; nếu cần, hãy in đậm thay thế.",
        "Underlined words within a text are not kept; make them bold if they matter.",
    ),
    "docx_stress": (
        "Phần chữ đậm hoặc nghiêng không giữ được.",
        "Bold or slanted letters could not be kept.",
    ),
    "docx_level_word": (
        (
            "Mức độ ghi bằng chữ được đổi thành độ khó ({count} câu): Nhận biết 1, Thông hiểu 2, Vận dụng 4, Vận dụng"
            " cao 5; Dễ 2, Trung bình 3, Khó 4."
        ),
        "Levels in words became difficulties ({count} questions): from Nhận biết, 1, to Vận dụng cao, 5.",
    ),
    "docx_unused": (
        "Đoạn văn không thuộc câu nào; đã bỏ qua ({count} đoạn).",
        "A paragraph belongs to no question and was passed over ({count} paragraphs).",
    ),
    "docx_number_gap": (
        "Trước câu này thiếu một số câu ({count} chỗ); hãy kiểm tra xem câu còn thiếu có bị gộp vào câu khác không.",
        "A number lacks before this question ({count} places); check whether a question became part of another.",
    ),
    "docx_column_unused": (
        "Cột của bảng không được đọc ({count} cột).",
        "Columns of a table are not read ({count}).",
    ),
    "docx_old_font": (
        "Chữ dùng phông cũ ({value}) đã được đổi sang Unicode; hãy kiểm tra lại dấu tiếng Việt.",
        "Text in old fonts ({value}) was turned into Unicode; check the Vietnamese marks.",
    ),
}

WORD = _FILE | _FAULTS | _GUESSES
"""The sentences for what can be wrong with a Word document: in Vietnamese, then in English."""
