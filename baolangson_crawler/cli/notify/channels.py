"""The ways to tell somebody. None raises and none waits long: each says why, if it failed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import urllib.request
from email.message import EmailMessage
from email.utils import formatdate
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError

from baolangson_crawler import __version__

POST_SECONDS = 20
_MAIL_SECONDS = 60


def post(url: str, text: str, code: int) -> str | None:
    """POST ``{"text": …, "host": …, "exit_code": …}``; redirects are not followed.

    Returns:
        None, or a sentence that says why nothing was sent. It may show the address.
    """
    message = {"text": text, "host": socket.gethostname(), "exit_code": code}
    request = urllib.request.Request(
        url,
        json.dumps(message).encode(),
        {"Content-Type": "application/json", "User-Agent": f"baolangson_crawler/{__version__}"},
    )
    failures = [f"no answer within {POST_SECONDS} s"]
    # a socket's timeout alone does not end an answer that trickles
    thread = threading.Thread(target=lambda: failures.append(_answer(request)), daemon=True)
    thread.start()
    thread.join(POST_SECONDS)
    return f"The webhook was not told: {failures[-1]}." if failures[-1] else None


def _answer(request: urllib.request.Request) -> str:
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=POST_SECONDS / 2):
            return ""
    except HTTPError as error:
        with error:
            return f"it answered {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        return str(error) or type(error).__name__


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: a message is for the address that was given."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def send_mail(address: str, title: str, text: str) -> str | None:
    """Hand a mail to the program ``sendmail``, as every mail server for Unix brings one along.

    Returns:
        None, or a sentence that says why nothing was sent.
    """
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/lib"
    sendmail = shutil.which("sendmail", path=path)
    if sendmail is None:
        return "No mail was sent: there is no program sendmail (a mail server brings one along)."
    message = EmailMessage()
    message["To"] = address
    message["Subject"] = title
    message["Date"] = formatdate()
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice comes back
    message.set_content(text)
    try:
        done = subprocess.run(
            [sendmail, "-i", address],
            input=message.as_bytes(),
            capture_output=True,
            timeout=_MAIL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"No mail was sent: {error}."
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        return f"No mail was sent: sendmail ended with {done.returncode} {said}"
    return None
