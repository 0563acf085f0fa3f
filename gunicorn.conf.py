"""How gunicorn runs the service: `make run`, the container and the systemd unit all read this.

An environment may say otherwise in WEB_CONCURRENCY (workers) and GUNICORN_CMD_ARGS (anything).
"""

import gc
import os
import signal
from typing import Any

from bot.logs import LOGGING

# What is read until the workers fork is no garbage: to look for some takes a fifth of the start.
gc.disable()

# Content is read and the recognizer learned once, before the workers fork: they share those pages,
# and start in an instant at midnight. Content with a fault refuses the start as a whole.
preload_app = True

# An answer is arithmetic: more workers than processors only add memory. Two also on a small one, so
# that somebody answers while the other is renewed.
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, min(4, os.cpu_count() or 2)))

# Threads wait: for a slow sender, for Redis, for Twilio when somebody presses key 8.
threads = 8

# What a request has freed still stands in memory until somebody writes over it, so workers are
# renewed: every one of them at midnight (below), and on a busy day in between, not all at once.
# To renew them after a thousand took a fourth of what two answer: one has all callers meanwhile.
max_requests = 10_000
max_requests_jitter = 2_000

# Twilio has hung up after 15 seconds.
timeout = 30
graceful_timeout = 20

# Our proxy keeps none: a text that is sent into a connection just closing would be lost.
keepalive = 5

# The heartbeat of a worker on a disk that stalls would kill it.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112

# Nobody steers it over a socket, and a read-only system has no place for one.
control_socket_disable = True

# No access log: the length of an answer, or its time, tells its topic.
accesslog = None
logconfig_dict = LOGGING


def when_ready(server: Any) -> None:
    """Leave out of every later search for garbage what was read before the workers fork.

    It stays as long as they do. To look at it is to write to it, and so to take a copy of its page;
    in one process a text took a fifth less without.
    """
    del server
    gc.collect()
    gc.freeze()
    gc.enable()


def on_reload(server: Any) -> None:
    """Look for garbage again: this file was just read once more, and nothing else will be."""
    del server
    gc.enable()


def worker_exit(server: Any, worker: Any) -> None:
    """End a worker that has answered all at once: the next one starts only when it is gone.

    Python would take everything apart first, for a tenth of a second in which nobody answers.
    """
    del server
    if worker.booted:
        os._exit(0)


def post_worker_init(worker: Any) -> None:
    """Let a worker end by itself after midnight; gunicorn starts another."""
    midnight = worker.wsgi.extensions["midnight"]
    midnight.watch(lambda: os.kill(os.getpid(), signal.SIGTERM))
