"""gunicorn's worker with threads, which no half-sent request holds: a thread is given up for one that does not come.

Headers and body are read within a time, and within a shorter one while every thread waits for a client; the application
gets a request only once it is whole. Behind the proxy, which keeps requests until then, no time is ever reached.
"""

import socket
import tempfile
import time
from contextlib import suppress

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

READ_SECONDS = 20
CROWDED_SECONDS = 1
LARGEST = 22 * 1024 * 1024
IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024


class PatientWorker(ThreadWorker):
    """Gives a client up that does not say what it wants."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self._reading: dict[TConn, float] = {}  # connection → since when a thread waits for its request

    def handle(self, conn: TConn) -> object:
        """Serve one request; see gunicorn."""
        self._reading[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._reading.pop(conn, None)

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Have the whole body before the application is asked."""
        headers = dict(req.headers)
        length = headers.get("CONTENT-LENGTH", "0")
        if int(length) <= LARGEST and (int(length) or "TRANSFER-ENCODING" in headers):
            if headers.get("EXPECT", "").lower() == "100-continue":
                conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the application reads it
            while (piece := req.body.read(PIECE)) and body.tell() <= LARGEST:
                body.write(piece)
            if body.tell() < int(length):
                return False  # the rest did not come
            body.seek(0)
            req.body = body
        self._reading.pop(conn, None)
        return super().handle_request(req, conn)

    def murder_keepalived(self, force: bool = False) -> None:
        """Called every second; end what has been read from for too long, beside what gunicorn ends."""
        super().murder_keepalived(force)
        waiting = list(self._reading.items())
        patience = CROWDED_SECONDS if len(waiting) >= self.cfg.threads else READ_SECONDS
        for conn, since in waiting:
            if time.monotonic() - since > patience:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
