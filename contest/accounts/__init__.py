"""People: how they are known, sign in, stay signed in and give consent."""
