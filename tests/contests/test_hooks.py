from contest.contests import hooks
from tests.contests.world import TriesSection, only_tries


def test_sections_come_in_order_for_the_kinds_that_they_concern() -> None:
    class Later(TriesSection):
        code, position, kinds = "later", 9, frozenset({"entry"})

    with only_tries():
        hooks.register_section(Later())
        hooks.register_section(TriesSection())
        assert [section.code for section in hooks.rule_sections()] == ["tries", "later"]
        assert [section.code for section in hooks.rule_sections(frozenset({"entry"}))] == ["later"]


def test_composing_twice_keeps_one_check() -> None:
    def check(_session: object, _row: object) -> list[object]:
        return []

    with only_tries():
        hooks.register_opening_check(check)
        hooks.register_opening_check(check)
        assert hooks.opening_checks == [check]
