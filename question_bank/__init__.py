"""What a question is: kinds, marking, drawing, validation and file formats.

Pure Python: nothing here knows the web, a database or the time.
"""
