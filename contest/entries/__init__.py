"""Entries: what people make at home and hand in before a deadline: essays, video and audio clips."""
