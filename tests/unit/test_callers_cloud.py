"""What the caller's shell says of other clouds and of proxies is none of the stack's business."""

import json
import os
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import boto3
import pytest

from amends.cli import main
from tools.local.places import LOOPBACK, environment, keep_to_ourselves, proxies

PROXY = "http://proxy.example:3128"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's: a profile that this machine has not, and a proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "corp.example")
    for name in ("HTTP_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, PROXY)
    monkeypatch.setenv("AWS_PROFILE", "of-somebody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://cloud.example")


class Empty(BaseHTTPRequestHandler):
    """A database in which nothing is found."""

    def do_POST(self) -> None:
        """Answer a query."""
        self.rfile.read(int(self.headers["content-length"]))
        body = b'{"Items": [], "Count": 0}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stack's description, and its database on a port of this machine."""
    with HTTPServer((LOOPBACK, 0), Empty) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        described = {
            "endpoint_url": f"http://{LOOPBACK}:{server.server_port}",
            "region": "us-east-1",
            "aws_access_key_id": "1" * 12,
            "aws_secret_access_key": "x",
            "tables": dict.fromkeys(("events_table", "cases_table", "ledger_table"), "t"),
        }
        (tmp_path / "local.json").write_text(json.dumps(described))
        monkeypatch.setenv("AMENDS_HOME", str(tmp_path))
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        yield
        server.shutdown()


@pytest.mark.usefixtures("shell")
def test_neither_a_profile_nor_a_proxy_stands_between_us_and_the_stack() -> None:
    keep_to_ourselves()

    assert not [name for name in os.environ if name.startswith("AWS_")]
    assert urllib.request.proxy_bypass("127.0.0.1:4566")
    assert urllib.request.proxy_bypass("corp.example")
    assert not urllib.request.proxy_bypass("pypi.example")
    assert boto3.Session().profile_name == "default"


@pytest.mark.usefixtures("shell")
def test_packages_are_fetched_through_the_proxy_and_functions_know_of_none() -> None:
    assert proxies()["https_proxy"] == PROXY
    assert not [name for name in environment() if name.lower().endswith("_proxy")]


@pytest.mark.usefixtures("shell", "listening")
def test_the_command_line_speaks_with_the_stack_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["case", "list", "--stage", "closed"]) == 0
    assert capsys.readouterr().out == ""
