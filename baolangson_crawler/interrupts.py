"""The signals that end a crawl as Ctrl-C does: ``kill``, and a terminal that is closed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise ``KeyboardInterrupt``, as SIGINT does.

    Scrapy takes SIGINT and SIGTERM over while it runs; SIGHUP goes wherever SIGTERM goes. What is
    ignored stays ignored (``nohup``). Outside the main thread, which alone hears signals, nothing
    is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    terminals = [descriptor for descriptor in (1, 2) if os.isatty(descriptor)]

    def hung_up(number: int, frame: FrameType | None) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in terminals:  # writing to a terminal that is gone fails
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
        signal.raise_signal(signal.SIGTERM)

    handlers = {signal.SIGTERM: signal.default_int_handler, signal.SIGHUP: hung_up}
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
