"""An independent reader of QTI 2.1: it takes an item as XML and answers, and scores them as the specification says.

It shares no code with the program. Elements are those of section 2 of the "Assessment Test, Section, and Item
Information Model"; an unknown element is an error.
"""

from lxml import etree

NS = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}


OPERATORS = {
    "sum": lambda *numbers: sum(numbers),
    "and": lambda *truths: all(truths),
    "gt": lambda more, less: more > less,
    "round": round,
}


def one(element, path):
    (found,) = element.xpath(path, namespaces=NS)
    return found


def name_of(element):
    return etree.QName(element).localname


class Item:
    """An item that can be answered: `given` holds a list of values for each response."""

    def __init__(self, content):
        self.root = etree.fromstring(content)
        self.given = {}

    def all(self, path):
        return self.root.xpath(path, namespaces=NS)

    def declared(self, identifier):
        return one(self.root, f"q:responseDeclaration[@identifier='{identifier}']")

    def correct(self, identifier):
        return [
            str(value) for value in self.declared(identifier).xpath("q:correctResponse/q:value/text()", namespaces=NS)
        ]

    def outcome(self, identifier):
        return float(one(self.root, f"q:outcomeDeclaration[@identifier='{identifier}']/q:defaultValue/q:value").text)

    def score(self, **given):
        self.given = given
        self.points = self.outcome("SCORE")
        processing = one(self.root, "q:responseProcessing")
        template = processing.get("template", "").rpartition("/")[2]
        if template == "match_correct":
            self.points = float(self.is_match("RESPONSE"))
        elif template == "map_response":
            self.points = self.mapped("RESPONSE")
        else:
            for rule in processing:
                self.follow(rule)
        return self.points

    def is_match(self, identifier):
        declared, given, right = self.declared(identifier), self.given[identifier], self.correct(identifier)
        is_bag = declared.get("cardinality") == "multiple"
        return sorted(given) == sorted(right) if is_bag else given == right

    def mapped(self, identifier):
        mapping = one(self.declared(identifier), "q:mapping")
        total = 0.0
        for value in dict.fromkeys(self.given[identifier]):
            entries = [each for each in mapping if self.is_key(each, value)]
            total += float(entries[0].get("mappedValue") if entries else mapping.get("defaultValue"))
        return max(total, float(mapping.get("lowerBound", "-inf")))

    @staticmethod
    def is_key(entry, value):
        key = entry.get("mapKey")
        return key == value if entry.get("caseSensitive", "true") == "true" else key.casefold() == value.casefold()

    def follow(self, rule):
        match name_of(rule):
            case "responseCondition":
                (branch,) = rule
                if self.value(branch[0]):
                    for each in branch[1:]:
                        self.follow(each)
            case "setOutcomeValue":
                assert rule.get("identifier") == "SCORE"
                self.points = self.value(rule[0])
            case "lookupOutcomeValue":
                table = one(self.root, "q:outcomeDeclaration[@identifier='SCORE']/q:matchTable")
                wanted = str(self.value(rule[0]))
                rows = [each for each in table if each.get("sourceValue") == wanted]
                self.points = float(rows[0].get("targetValue") if rows else table.get("defaultValue"))
            case other:
                raise AssertionError(other)

    def value(self, found):
        name = name_of(found)
        if name in OPERATORS:
            return OPERATORS[name](*map(self.value, found))
        return getattr(self, f"of_{name}")(found, list(found))

    def of_baseValue(self, found, inside):  # noqa: N802
        return float(found.text)

    def of_mapResponse(self, found, inside):  # noqa: N802
        return self.mapped(found.get("identifier"))

    def of_variable(self, found, inside):
        identifier = found.get("identifier")
        return self.points if identifier == "SCORE" else self.given[identifier]

    def of_correct(self, found, inside):
        return self.correct(found.get("identifier"))

    def of_index(self, found, inside):
        values, place = self.value(inside[0]), int(found.get("n"))
        return values[place - 1] if place <= len(values) else None

    def of_match(self, found, inside):
        if name_of(inside[0]) == "variable":
            return self.is_match(inside[0].get("identifier"))
        return self.value(inside[0]) == self.value(inside[1])

    def of_equal(self, found, inside):
        return self.is_near(found, *map(self.value, inside))

    @staticmethod
    def is_near(found, given, right):
        if not given:
            return False
        typed, wanted = float(given[0]), float(right[0])
        below, above = map(float, found.get("tolerance", "0 0").split())
        if found.get("toleranceMode") == "relative":
            below, above = abs(wanted) * below / 100, abs(wanted) * above / 100
        return wanted - below - 1e-9 <= typed <= wanted + above + 1e-9
