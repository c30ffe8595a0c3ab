"""A closed loop of keep-alive clients, and what the servers spent on it."""

import http.client
import queue
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import psutil


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    expected: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """Calls that are sent once, `clients` at a time; what is done `after` them counts as part of them."""

    calls: list[Call]
    clients: int
    after: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Measured:
    """Per call: server CPU in ms (application and database), latencies in ms, and statements."""

    calls: int
    seconds: float
    application_ms: float
    database_ms: float
    latencies: list[float]
    statements: float

    @property
    def cpu_ms(self) -> float:
        return self.application_ms + self.database_ms

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[share - 1]


def merged(pieces: list[Measured]) -> Measured:
    """Several slices of one row as one."""
    calls = sum(piece.calls for piece in pieces)

    def mean(of: Callable[[Measured], float]) -> float:
        return sum(of(piece) * piece.calls for piece in pieces) / calls

    return Measured(
        calls=calls,
        seconds=sum(piece.seconds for piece in pieces),
        application_ms=mean(lambda piece: piece.application_ms),
        database_ms=mean(lambda piece: piece.database_ms),
        latencies=[latency for piece in pieces for latency in piece.latencies],
        statements=mean(lambda piece: piece.statements),
    )


def cpu_seconds(roots: Iterable[psutil.Process]) -> float:
    """User and system time of these processes and all below them."""
    total = 0.0
    for root in roots:
        for process in (root, *root.children(recursive=True)):
            used = process.cpu_times()
            total += used.user + used.system
    return total


def run(
    port: int,
    sent: Sent,
    application: list[psutil.Process],
    database: psutil.Process,
    statements: Callable[[], int],
) -> Measured:
    """Send every call once; count the time of these processes until everything is done."""
    waiting: queue.SimpleQueue[Call] = queue.SimpleQueue()
    for call in sent.calls:
        waiting.put(call)
    latencies: list[float] = []
    failures: list[str] = []
    threads = [threading.Thread(target=_client, args=(port, waiting, latencies, failures)) for _ in range(sent.clients)]
    before = cpu_seconds(application), cpu_seconds([database]), statements()
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    sent.after()
    after = cpu_seconds(application), cpu_seconds([database]), statements()
    if failures:
        raise AssertionError(failures[0])
    count = len(sent.calls)
    return Measured(
        calls=count,
        seconds=seconds,
        application_ms=(after[0] - before[0]) * 1000 / count,
        database_ms=(after[1] - before[1]) * 1000 / count,
        latencies=latencies,
        statements=(after[2] - before[2]) / count,
    )


def send_once(port: int, call: Call) -> None:
    """Send a call that nobody measures."""
    failures: list[str] = []
    waiting: queue.SimpleQueue[Call] = queue.SimpleQueue()
    waiting.put(call)
    _client(port, waiting, [], failures)
    if failures:
        raise AssertionError(failures[0])


def _client(port: int, waiting: "queue.SimpleQueue[Call]", latencies: list[float], failures: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        try:
            call = waiting.get_nowait()
        except queue.Empty:
            connection.close()
            return
        began = time.perf_counter()
        status, text = _send(connection, call.method, call.path, call.body, call.headers)
        latencies.append((time.perf_counter() - began) * 1000)
        if status != call.expected:
            failures.append(f"{call.method} {call.path}: {status} {text[:300]!r}")


def _send(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    return reply.status, reply.read()
