"""How gunicorn runs the service: every worker ends at midnight, and what it heard goes with it."""

import os
import signal
from typing import Any

# In between, too: what a request has freed still stands in memory until somebody writes over it.
max_requests = 1000
max_requests_jitter = 200


def post_worker_init(worker: Any) -> None:
    """Let a worker end by itself after midnight; gunicorn starts another."""
    midnight = worker.wsgi.extensions["midnight"]
    midnight.watch(lambda: os.kill(os.getpid(), signal.SIGTERM))
