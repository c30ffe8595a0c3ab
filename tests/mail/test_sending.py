import socket
import threading
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from contest.db import unit_of_work
from contest.mail import sending, services
from contest.mail.models import OutboxMessage
from tests.factories import NOW


class MailServer:
    """Speaks just enough SMTP to take letters, or to refuse them."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.letters: list[bytes] = []
        self.commands: list[str] = []
        self._refuses = refuses
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection, connection.makefile("rwb", buffering=0) as stream:
                self._talk(stream)

    def _talk(self, stream) -> None:
        stream.write(b"220 mail.example.vn\r\n")
        for line in stream:
            command = line.decode().strip()
            self.commands.append(command)
            match command.split(maxsplit=1)[0].upper():
                case "DATA":
                    stream.write(b"354 go on\r\n")
                    letter = b""
                    while not letter.endswith(b"\r\n.\r\n"):
                        letter += stream.readline()
                    self.letters.append(letter)
                    stream.write(b"250 taken\r\n")
                case "RCPT" if self._refuses:
                    stream.write(b"550 unknown\r\n")
                case "QUIT":
                    stream.write(b"221 bye\r\n")
                    return
                case _:
                    stream.write(b"250 fine\r\n")


@pytest.fixture
def send(app, session):
    """Queue a message, send what is due, and return the row as it is then."""

    def act(url: str, recipient: str = "an@example.vn", subject: str = "Mã xác nhận") -> OutboxMessage:
        with unit_of_work(session):
            message_id = services.queue(session, NOW, recipient, subject, "Kính gửi bà Ngọc,\nMã: 123456").id
        settings = replace(app.config["SETTINGS"], mail_url=url, mail_from="btc@langson.example.vn")
        with app.app_context():
            sending.send_due(settings, lambda: True)
        session.expire_all()
        return session.get_one(OutboxMessage, message_id)

    return act


def test_a_letter_arrives_whole_and_once(send):
    server = MailServer()
    row = send(f"smtp://127.0.0.1:{server.port}")
    assert row.sent_at == NOW
    assert row.next_try_at is None
    [raw] = server.letters
    letter = message_from_bytes(raw, policy=policy.default)
    assert letter["To"] == "an@example.vn"
    assert letter["From"] == "btc@langson.example.vn"
    assert letter["Subject"] == "Mã xác nhận"
    assert "Kính gửi bà Ngọc" in letter.get_content()


def test_a_refused_letter_waits_for_its_next_try_with_the_fault(send):
    row = send(f"smtp://127.0.0.1:{MailServer(refuses=True).port}")
    assert row.sent_at is None
    assert row.next_try_at == NOW + services.PAUSES[0]
    assert "550" in row.fault


def test_a_server_that_is_away_costs_a_try_and_nothing_else(send):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    row = send(f"smtp://127.0.0.1:{port}")
    assert row.tries == 1
    assert row.fault


@pytest.mark.parametrize("subject", ["Mã\r\nBcc: ai@example.vn", "Mã\nBcc: ai@example.vn"])
def test_a_subject_can_not_add_a_header(send, subject):
    server = MailServer()
    send(f"smtp://127.0.0.1:{server.port}", subject=subject)
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Mã Bcc: ai@example.vn"


@pytest.mark.parametrize("recipient", ["an@example.vn\r\nBcc: ai@example.vn", "an@example.vn, ai@example.vn", "an"])
def test_a_recipient_is_one_address(send, recipient):
    server = MailServer()
    row = send(f"smtp://127.0.0.1:{server.port}", recipient=recipient)
    assert row.fault
    assert not server.letters


def test_a_password_never_goes_out_in_the_clear(send):
    server = MailServer()
    row = send(f"smtp://ten:mat-khau-bi-mat@127.0.0.1:{server.port}")
    assert "offers no encryption" in row.fault
    assert not any(command.upper().startswith("AUTH") for command in server.commands)


def test_without_a_mail_server_messages_stay_to_be_read(send):
    row = send("")
    assert (row.tries, row.sent_at) == (0, None)
