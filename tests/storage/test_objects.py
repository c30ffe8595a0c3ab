import pytest

from contest.storage.objects import KEY, checked, new_key


@pytest.mark.parametrize("area", ["entries", "parts", "copies", "a", "a1"])
def test_new_keys_are_keys_and_never_the_same(area):
    first, second = new_key(area), new_key(area)
    assert first != second
    assert checked(first) == first
    assert first.startswith(f"{area}/")


@pytest.mark.parametrize("area", ["", "A", "../x", "a/b", "1a", "bài", "a" * 41])
def test_an_area_is_a_plain_word(area):
    with pytest.raises(ValueError, match="is no key"):
        checked(new_key(area))


def test_files_under_one_key_are_spread_over_folders():
    assert len({new_key("entries").split("/")[1] for _ in range(200)}) > 50
    assert KEY.fullmatch("entries/3f/" + "0" * 32)
