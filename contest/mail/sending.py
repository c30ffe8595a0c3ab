"""Sending what is in the outbox, never inside a transaction."""

import smtplib
import ssl
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from contest import clock
from contest.config import Settings
from contest.db import unit_of_work
from contest.mail import services
from contest.mail.models import OutboxMessage

TIMEOUT_SECONDS = 20
DEFAULT_PORTS = {"smtp": 25, "smtps": 465}


class UnsafeServerError(Exception):
    """The password would have to be sent in the clear."""


def send_due(settings: Settings, goes_on: Callable[[], bool]) -> None:
    """Send every message that is due, one after the other. Without a mail server they stay to be read."""
    while settings.mail_url and goes_on():
        with unit_of_work() as session:
            message = services.claim(session, clock.now())
        if message is None:
            return
        fault = try_to_send(settings, message)
        with unit_of_work() as session:
            if fault:
                services.record_fault(session, message.id, fault)
            else:
                services.record_sent(session, clock.now(), message.id)


def try_to_send(settings: Settings, message: OutboxMessage) -> str:
    """Hand the message to the mail server; what went wrong, or an empty text."""
    try:
        letter = compose(message, settings.mail_from)
        with connect(settings.mail_url or "") as server:
            server.send_message(letter)
    except (OSError, ValueError, IndexError, smtplib.SMTPException, UnsafeServerError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def compose(message: OutboxMessage, sender: str) -> EmailMessage:
    """The letter. Every address is parsed, and a subject is one line, so that neither can add a header."""
    origin, target = Address(addr_spec=sender), Address(addr_spec=message.recipient)
    letter = EmailMessage()
    letter["From"] = origin
    letter["To"] = target
    letter["Subject"] = " ".join(message.subject.split())
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = f"<{message.id}.{message.created_at:%Y%m%d%H%M%S%f}@{origin.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    return letter


def connect(url: str) -> smtplib.SMTP:
    """A signed-in connection, encrypted wherever the server can. A password never goes out in the clear."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or DEFAULT_PORTS[parts.scheme]
    trust = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=trust)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
    try:
        _secure(server, parts.scheme, trust, has_password=parts.username is not None)
        if parts.username is not None:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _secure(server: smtplib.SMTP, scheme: str, trust: ssl.SSLContext, *, has_password: bool) -> None:
    if scheme == "smtps":
        return
    if server.has_extn("starttls"):
        server.starttls(context=trust)
        server.ehlo()
    elif has_password:
        raise UnsafeServerError("the mail server offers no encryption, so the password was not sent")
