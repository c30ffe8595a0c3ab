"""The desk of the Ban Đề thi: writing, reviewing and approving questions, over `question_bank`."""
