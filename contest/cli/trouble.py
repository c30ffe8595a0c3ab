"""Failures of commands: a sentence for the person at the terminal instead of a stack trace."""

from typing import Any, cast

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from contest.config import SettingsError
from contest.storage import StorageError


class Trouble(click.ClickException):
    """Something that the person at the terminal has to put right; the message says what."""

    def show(self, file: Any = None) -> None:
        """Print the sentence alone, to stderr."""
        click.echo(self.format_message(), file=file, err=file is None)


class Commands(click.Group):
    """A group whose commands never end in a stack trace for a cause that has a sentence."""

    def invoke(self, ctx: click.Context) -> object:
        """Carry out the command; turn known failures into `Trouble`."""
        try:
            return cast("object", super().invoke(ctx))
        except SettingsError as error:
            raise Trouble("\n".join(error.problems)) from error
        except SQLAlchemyError as error:
            raise Trouble(f"The database can't be used: {_first_line(error)}") from error
        except StorageError as error:
            raise Trouble(f"The files can't be used: {error}.") from error
        except OSError as error:
            raise Trouble(f"{error.filename or 'A file'} can't be used: {error.strerror or error}.") from error


def _first_line(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0]
