"""What the template tells the committee: the help sheet and three example questions."""

HELP = (
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
            "Hệ thống chỉ nhập tệp khi tất cả các dòng đều đúng. Nếu có lỗi, không câu nào được nhập;"
            " hệ thống sẽ chỉ rõ từng ô cần sửa."
        ),
    ),
    (
        "Mã câu",
        "Bắt buộc, không trùng nhau, tối đa 50 ký tự. Ví dụ: CDS-001.",
    ),
    (
        "Loại câu",
        (
            "Bắt buộc. Chọn “Một đáp án”, “Nhiều đáp án” hoặc “Đúng/Sai”. Câu nhiều đáp án chỉ được"
            " tính điểm khi thí sinh chọn đủ và đúng tất cả các phương án."
        ),
    ),
    ("Câu hỏi", "Bắt buộc, tối đa 4.000 ký tự."),
    (
        "Phương án A…H",
        (
            "Câu một đáp án và nhiều đáp án cần ít nhất 2 phương án khác nhau, ghi liên tiếp từ A."
            " Câu đúng/sai để trống các ô này. Nếu cần thêm, có thể thêm cột “Phương án I” và"
            " “Phương án J”."
        ),
    ),
    (
        "Đáp án",
        (
            "Bắt buộc. Một đáp án: ghi một chữ cái, ví dụ: B. Nhiều đáp án: ghi các chữ cái, ví dụ:"
            " A, C. Đúng/Sai: ghi Đúng hoặc Sai."
        ),
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
        "Cột thêm",
        (
            "Có thể thêm cột “Nhãn” (các nhãn cách nhau bằng dấu phẩy) và cột “Điểm” (ví dụ: 1 hoặc"
            " 0,5; để trống là 1 điểm). Không thêm cột nào khác."
        ),
    ),
    (
        "Lưu ý",
        (
            "Không dùng công thức. Số có dấu phẩy, ngày tháng và phần trăm phải được nhập dưới dạng"
            " văn bản. Tối đa 5.000 câu và 20 MB mỗi tệp."
        ),
    ),
)

EXAMPLES = (
    {
        "code": "VD-001",
        "kind": "Một đáp án",
        "text": "Một giờ có bao nhiêu phút?",
        "options.0": "30 phút",
        "options.1": "60 phút",
        "options.2": "90 phút",
        "options.3": "100 phút",
        "key": "B",
        "topic": "Kiến thức chung",
        "difficulty": "1",
        "explanation": "Một giờ bằng 60 phút.",
        "source": "Ví dụ minh họa",
    },
    {
        "code": "VD-002",
        "kind": "Nhiều đáp án",
        "text": "Những số nào sau đây là số chẵn?",
        "options.0": "2",
        "options.1": "5",
        "options.2": "8",
        "key": "A, C",
        "topic": "Kiến thức chung",
        "difficulty": "2",
        "explanation": "Số chẵn là số chia hết cho 2.",
        "source": "Ví dụ minh họa",
        "lock_order": "Có",
    },
    {
        "code": "VD-003",
        "kind": "Đúng/Sai",
        "text": "Một tuần có bảy ngày.",
        "key": "Đúng",
        "topic": "Kiến thức chung",
        "difficulty": "1",
        "explanation": "",
        "source": "Ví dụ minh họa",
    },
)
