"""The simulator behind a port of this machine: in a thread, so that commands in processes of their own can be tried and killed."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from wecom_simulator import CORP, SECRET, Simulator


@contextmanager
def served(simulator: Simulator) -> Iterator[dict[str, str]]:
    """Serve, and give the environment that `tagmart wecom` needs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(simulator.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/cgi-bin"
        try:
            yield {"TAGMART_WECOM_URL": url, "TAGMART_WECOM_CORP_ID": CORP, "TAGMART_WECOM_SECRET": SECRET, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        finally:
            server.should_exit = True
            thread.join()
