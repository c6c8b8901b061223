# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real Odoo servers, and clients that talk to them as the web client does."""

import copy
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import databases
import psutil
import requests

ODOO = Path(__file__).with_name("serve.py")
PATIENCE = 60


class Refused(Exception):
    """An error that a user would have been shown."""

    def __init__(self, error):
        data = error.get("data") or {}
        super().__init__(f"{data.get('name')}: {data.get('message')}")
        self.kind = data.get("name", "").rpartition(".")[2]


def wait_until(condition, what, patience=PATIENCE):
    """Wait for ``condition()`` to give something true, and return that."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {patience} s in vain: {what}")


def free_port():
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One Odoo server: a master process and its workers, in a process group.

    :param str database: the only database that it serves
    :param int workers: number of HTTP worker processes
    :param int crons: number of processes for scheduled actions
    :param options: further options of the odoo command
    """

    def __init__(self, database, workers=4, crons=0, options=()):
        self.database = database
        self.workers = workers
        self.crons = crons
        self.options = options
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.log = Path(tempfile.mkstemp(prefix=f"{database}-", suffix=".log")[1])

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.kill()
        self.log.unlink()

    def start(self):
        """Start the server and wait until it answers."""
        command = [sys.executable, str(ODOO), "-c", databases.CONFIG]
        command += ["-d", self.database, "--http-interface=127.0.0.1"]
        command += [f"--http-port={self.port}", f"--gevent-port={free_port()}"]
        command += [f"--workers={self.workers}", f"--max-cron-threads={self.crons}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, f"server of {self.database}\n{self.tail()}")

    def _answers(self):
        assert self.process.poll() is None, self.tail()
        try:
            return requests.get(f"{self.url}/web/health", timeout=5).ok
        except requests.RequestException:
            return False

    def tail(self):
        """Return the end of the server's log."""
        return self.log.read_text(errors="replace")[-4000:]

    def worker_pids(self):
        """Return the process ids of the HTTP workers."""
        pids = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                # the long-polling process is a new program, the workers are forks;
                # those for scheduled actions are nice
                if "gevent" not in child.cmdline() and child.nice() == 0:
                    pids.append(child.pid)
        return pids

    def kill_worker(self, pid):
        """SIGKILL one worker; the master starts another."""
        os.kill(pid, signal.SIGKILL)

    def kill(self):
        """SIGKILL the master and all its processes at once, as a power cut would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process:
            self.process.wait()
            self.process = None

    def client(self, login):
        """Return a client logged in as ``login``."""
        return Client(self, login)


class Client:
    """One person at a browser: one session, one request after the other."""

    def __init__(self, server, login, password="saraban"):
        self.server = server
        self.login = login
        self.session = requests.Session()
        answer = self._post(
            "/web/session/authenticate",
            {"db": server.database, "login": login, "password": password},
        )
        self.uid = answer["uid"]

    def again(self, server=None):
        """Return the same person in another tab of the browser.

        :param Server server: another one of the same database; it knows the session too
        """
        tab = copy.copy(self)
        tab.server = server or self.server
        tab.session = requests.Session()
        # a cookie is for a host, whatever the port
        tab.session.cookies.update(self.session.cookies)
        return tab

    def _post(self, path, params):
        response = self.session.post(
            self.server.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=PATIENCE,
        )
        response.raise_for_status()
        if not response.content:
            # killed between the head of the answer and its body
            raise requests.ConnectionError(f"empty answer to {path}")
        answer = response.json()
        if "error" in answer:
            raise Refused(answer["error"])
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a public method as the web client does.

        :raises Refused: what Odoo would show the user
        :raises requests.ConnectionError: when the server died meanwhile
        """
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def ask(self, action, records, **answers):
        """Press a button that opens a dialog, fill the dialog in and confirm it."""
        dialog = self.call(*action, records)
        model, wizard = dialog["res_model"], [dialog["res_id"]]
        self.call(model, "write", wizard, answers)
        confirm = "action_send" if model == "amss.send" else "action_confirm"
        return self.call(model, confirm, wizard)

    def send(self, document, agencies=None):
        """Send a letter to these agencies, to all schools if none are given."""
        answers = {"choice": "all"}
        if agencies:
            answers = {"choice": "some", "agency_ids": [[6, 0, agencies]]}
        return self.ask(("amss.document", "action_open_send"), [document], **answers)

    def draft(self, subject="ขอเชิญประชุม", **values):
        """Write a draft and return its id."""
        values = {"subject": subject, "addressee_text": "ผู้อำนวยการโรงเรียน", **values}
        return self.call("amss.document", "create", values)

    def issue(self, document):
        """Issue the number of a draft."""
        return self.call("amss.document", "action_issue", [document])
