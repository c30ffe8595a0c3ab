import subprocess
import sys
import threading

PROGRAM = """
import os, resource
from contest.media.bounds import NICE, bound
bound(2**30, 7, 2**20)
limits = [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
print(limits == [(2**30, 2**30), (7, 7), (2**20, 2**20)], resource.getrlimit(resource.RLIMIT_CORE), os.nice(0) >= NICE, flush=True)
"""


def test_a_process_is_bounded_and_cannot_free_itself():
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "True (0, 0) True\n"


def test_it_ends_with_its_parent():
    program = "from contest.media.bounds import bound; bound(2**30, 60, 2**20); import time; time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE)
    killer = threading.Timer(60, child.kill)
    killer.start()
    child.stdin.close()
    assert child.wait() == 1
    killer.cancel()
