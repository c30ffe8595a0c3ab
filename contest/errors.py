"""Errors of the domain: a stable code and the values that a sentence about it needs; the words live in labels."""


class Written(str):
    """What people wrote, such as a name, as a value of a sentence: it is in their language, not in the reader's."""

    __slots__ = ()


class DomainError(Exception):
    """Something a person asked for that the rules don't allow.

    `code` is stable and has a sentence in some feature's labels; `field` names the input at fault, if one is;
    `values` fill the sentence; `status` is the HTTP status of a reply that can't point at a field.
    """

    status = 409

    def __init__(self, code: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class NotAllowed(DomainError):
    """The person may not do this. Raised by services, whatever the view has checked before."""

    status = 403

    def __init__(self, code: str = "not_allowed", *, field: str | None = None, **values: object) -> None:
        super().__init__(code, field=field, **values)


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""

    status = 404

    def __init__(self, code: str = "not_found", *, field: str | None = None, **values: object) -> None:
        super().__init__(code, field=field, **values)
