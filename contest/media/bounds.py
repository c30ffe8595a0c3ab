"""What a child process may use. It says so itself, before it reads the first byte of what others made."""

import os
import resource
import threading

NICE = 10


def bound(memory: int, cpu_seconds: int, file_bytes: int) -> None:
    """Little memory, time and disk, and the last in the queue; and no life after the parent's."""
    os.nice(NICE)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(1)
