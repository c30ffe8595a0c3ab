from question_bank.words import TRUE, said


def test_words_are_said_in_the_language_asked_for():
    assert [TRUE.said(locale) for locale in ("vi", "en")] == ["Đúng", "True"]


def test_what_a_committee_wrote_is_the_same_in_every_language():
    assert said("True", "vi") == "True"
    assert said(TRUE, "vi") == "Đúng"
