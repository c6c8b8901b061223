# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail server for tests: takes all mails, and can be made to stop at one."""

import email
import email.policy
import socketserver
import threading


class PostOffice(socketserver.ThreadingTCPServer):
    """Listen on a free port of 127.0.0.1; ``letters`` holds what was delivered.

    With ``stop_at = n`` the n-th mail is not taken until ``go_on`` is set; ``stopped``
    tells that it has come so far.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Counter)
        self.port = self.server_address[1]
        self.letters = []
        self.stop_at = None
        self.stopped = threading.Event()
        self.go_on = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.go_on.set()
        self.shutdown()
        self.server_close()

    def let_pass(self):
        """Wait here with the mail that we are to stop at."""
        if self.stop_at is not None and len(self.letters) >= self.stop_at:
            self.stopped.set()
            self.go_on.wait()


class _Counter(socketserver.StreamRequestHandler):
    """One conversation in SMTP, with the few words that Odoo uses."""

    def handle(self):
        self.say("220 post office")
        receivers = []
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                self.server.let_pass()
                receivers.append(line.partition("<")[2].rstrip(">"))
            elif word == "DATA":
                self.say("354 go on")
                self.take(receivers)
                receivers = []
            elif word == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def take(self, receivers):
        lines = iter(self.rfile.readline, b".\r\n")
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.letters.append((receivers, mail["Message-Id"]))

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")
