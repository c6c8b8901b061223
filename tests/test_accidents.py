"""What the scripts say when something is missing, in use, full or out of reach."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import socket
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
THAI = "โปรด"
NAMED = ("AMSS_ODOO", "AMSS_PG", "AMSS_PORT", "AMSS_DB")


@pytest.fixture
def run(tmp_path):
    """A function that runs a script in an empty state folder and wants it to fail.

    Keywords are programs that stand in for the system's, as shell code.
    """

    def fail(script, *arguments, env=None, **programs):
        for name, code in programs.items():
            program = tmp_path / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(f"#!/bin/sh\n{code}\n")
            program.chmod(0o755)
        clean = {k: v for k, v in os.environ.items() if k not in NAMED}
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        done = subprocess.run(
            [SCRIPTS / script, *arguments],
            env={**clean, "PATH": path, "AMSS_STATE": str(tmp_path), **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    return fail


def test_occupied_port(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = run("demo", env={"AMSS_PORT": str(port)})
    assert f"Port {port} on 127.0.0.1 is in use" in said
    assert "AMSS_PORT=" in said and THAI in said


@pytest.mark.parametrize("place", ["/nowhere", "/usr", "/bin/false"])
def test_named_odoo_is_not_odoo_19(run, place):
    said = run("demo", env={"AMSS_ODOO": place})
    assert f"AMSS_ODOO={place} is not Odoo 19.0" in said and THAI in said


@pytest.mark.parametrize("script", ["demo", "test"])
def test_named_postgresql_does_not_answer(run, script):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        server = f"postgresql://me:secret@127.0.0.1:{port}"
        said = run(script, env={"AMSS_PG": server})
    assert f"127.0.0.1:{port} does not answer user me" in said
    assert "secret" not in said and "หากไม่กำหนด AMSS_PG" in said


def test_postgresql_address_of_another_form(run):
    assert "postgresql://user:password@host:port" in run("demo", env={"AMSS_PG": "me"})


def test_too_little_space_is_said_before_anything_is_installed(run, tmp_path):
    table = "echo a; echo /dev/x 9999 8999 1000 90% /"
    said = run("demo", df=table)
    assert (
        "only 1000 MB are free" in said and "AMSS_STATE=" in said and "พื้นที่ว่าง" in said
    )
    assert not (tmp_path / "odoo19").exists()


def test_disk_runs_full_in_a_step_and_nothing_half_done_stays(run, tmp_path):
    full = "echo 'npm error ENOSPC: No space left on device' >&2; exit 1"
    said = run("demo", npm=full)
    assert "The disk is full" in said and "goes on where it stopped" in said
    assert "ดิสก์เต็ม" in said
    assert not (tmp_path / "node").exists()
    assert not list((tmp_path / "stamps").iterdir())


def test_no_network(run):
    said = run("demo", npm="echo npm error code ENOTFOUND >&2; exit 1")
    assert "network was not reachable" in said and "เชื่อมต่อเครือข่ายไม่ได้" in said


@pytest.mark.parametrize("script", ["shell", "load"])
def test_nothing_is_set_up_yet(run, script, tmp_path):
    arguments = [str(tmp_path)] if script == "load" else []
    assert "Run ./scripts/demo first" in run(script, *arguments)


def test_unknown_benchmark(run):
    assert "There is no benchmark nope" in run("bench", "nope")
