"""Commands of `python -m question_bank` that are long enough for a file of their own."""
