"""What each handler costs before its first event: CPU of a fresh process, and what it imports.

`--check` counts modules and refuses forbidden ones: deterministic, so it is part of the gate.
Without it, CPU time is measured, as a multiple of `boto3.client("dynamodb")` in the same run on the
same machine, with the built folders, their bytecode and nothing of the development environment.
The first event is counted in: where `amends.runtime` has `warm_up(handler)`, it is called, and
creates the clients that the handler's first event needs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.local.build import build
from tools.local.places import ROOT, Places

ROUNDS = 7
API_LIMIT, OTHER_LIMIT = 1.6, 1.2
MOST_MODULES = {"api": 760, "other": 560}
FORBIDDEN = {
    "aws_lambda_powertools.tracing": "Tracer costs as much as boto3, even disabled",
    "aws_xray_sdk": "the same",
    "aws_lambda_powertools.utilities.idempotency": "keys of our own are cheaper and say more",
    "aws_lambda_powertools.utilities.parser": "pydantic alone does it",
    "email_validator": "we do not need DNS to read an address",
    "boto3.resources.factory": "clients only, never a resource",
    "hypothesis": "development only",
    "moto": "development only",
    "pytest": "development only",
}
FORBIDDEN_OUTSIDE_API = {
    "pydantic": "only where input is untrusted",
    "aws_lambda_powertools.event_handler": "only behind HTTP",
}
NAIVE = """
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent
from pydantic import BaseModel
import boto3
logger, metrics = Logger(service="x"), Metrics(namespace="x", service="x")
app = APIGatewayHttpResolver(enable_validation=True)
clients = [boto3.Session().client(name) for name in ("dynamodb", "sqs", "s3", "ses", "ssm")]
class Body(BaseModel):
    name: str
"""
REFERENCE = 'import boto3\nboto3.client("dynamodb")\n'
HANDLER = """
import importlib
module = importlib.import_module("{module}")
from amends import runtime
warm_up = getattr(runtime, "warm_up", None)
if warm_up is not None:
    warm_up("{module}")
"""
MEASURE = """
import json, resource, sys
spent = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"cpu": spent.ru_utime + spent.ru_stime, "modules": sorted(sys.modules)}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU seconds beyond an empty interpreter, and the modules that were loaded."""

    cpu: float
    modules: frozenset[str]


def handlers() -> list[str]:
    """Every trigger module, as Lambda names it."""
    triggers = {"api", "email", "papers", "stream", "queue", "schedule"}
    return sorted(
        f"{path.parent.name}.{path.stem}"
        for path in (ROOT / "functions").glob("*/*.py")
        if path.stem in triggers
    )


def is_api(handler: str) -> bool:
    """Whether the handler stands behind HTTP."""
    return handler.endswith((".api", ".papers"))


def run(code: str, search: Sequence[str]) -> Cost:
    """Run code in a fresh isolated interpreter that sees only `search` and the standard library."""
    lines = f"import sys\nsys.path[:0] = {list(search)!r}\n{code}\n{MEASURE}"
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", lines],
        env=_variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SystemExit(f"cannot import:\n{answer.stderr}")
    said = json.loads(answer.stdout.splitlines()[-1])
    return Cost(cpu=said["cpu"], modules=frozenset(said["modules"]))


def _variables() -> dict[str, str]:
    """What Lambda sets, and a value for every name that the template gives to functions."""
    template = (ROOT / "template.yaml").read_text()
    block = template.split("Variables:\n")[1].split("\nResources:")[0]
    named = {line.strip().split(":")[0] for line in block.splitlines() if line.startswith(" " * 8)}
    return {name: "x" for name in named if name.isupper()} | {
        "SURVEY_DELAY_SECONDS": "5",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PATH": os.environ["PATH"],
    }


def search_path() -> list[str]:
    """The built folders as Lambda lays them out, then the SDK that its runtime brings.

    The SDK comes from the cloud environment, of which boto3 and what it needs are linked.
    """
    places = Places(home=ROOT / ".amends")
    build(places)
    built = places.build
    function = next(path for path in sorted(built.iterdir()) if path.name.endswith("Api"))
    layers = [built / name / "python" for name in ("AmendsLayer", "DependenciesLayer")]
    return [str(path) for path in (function, *layers, _sdk())]


def _sdk() -> Path:
    """boto3 alone, compiled, out of the cloud environment."""
    (installed,) = (ROOT / ".venv-cloud" / "lib").glob("python3*/site-packages")
    linked = ROOT / ".amends" / "sdk"
    linked.mkdir(parents=True, exist_ok=True)
    for name in ("boto3", "botocore", "s3transfer", "urllib3", "jmespath", "dateutil", "six.py"):
        if not (linked / name).is_symlink():
            (linked / name).symlink_to(installed / name)
    return linked


def check(search: Sequence[str]) -> list[str]:
    """What is wrong with what the handlers import; empty when nothing is."""
    return [
        fault for handler in handlers() for fault in faults(handler, run(_code(handler), search))
    ]


def faults(handler: str, cost: Cost) -> Iterator[str]:
    """What is wrong with one handler's imports, in sentences."""
    kind = "api" if is_api(handler) else "other"
    if len(cost.modules) > MOST_MODULES[kind]:
        yield f"{handler} loads {len(cost.modules)} modules, more than {MOST_MODULES[kind]}"
    banned = FORBIDDEN if is_api(handler) else FORBIDDEN | FORBIDDEN_OUTSIDE_API
    for module in sorted(banned.keys() & cost.modules):
        yield f"{handler} loads {module}: {banned[module]}"


def _code(handler: str) -> str:
    return HANDLER.format(module=handler)


def bench(search: Sequence[str]) -> int:
    """Measure, print, and answer 1 where a handler costs more than it may."""
    programs = {
        "(empty)": "",
        "boto3.client": REFERENCE,
        "(naive handler)": NAIVE,
        **{handler: _code(handler) for handler in handlers()},
    }
    spent: dict[str, list[Cost]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, code in programs.items():
            spent[name].append(run(code, search))
    empty = min(cost.cpu for cost in spent["(empty)"])
    reference = statistics.median(cost.cpu for cost in spent["boto3.client"]) - empty
    failed = 0
    print(f"{'handler':28} {'CPU ms':>8} {'ratio':>6} {'limit':>6} {'modules':>8}")
    for name, costs in spent.items():
        cpu = statistics.median(cost.cpu for cost in costs) - empty
        limit = (API_LIMIT if is_api(name) else OTHER_LIMIT) if name in handlers() else None
        ratio = cpu / reference
        over = limit is not None and ratio > limit
        failed |= over
        print(
            f"{name:28} {cpu * 1000:8.1f} {ratio:6.2f} {limit or '':>6} "
            f"{len(costs[0].modules):8} {'TOO MUCH' if over else ''}"
        )
    return failed


def main(arguments: Sequence[str]) -> int:
    """Check or measure; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.cold_start", description=__doc__)
    parser.add_argument("--check", action="store_true", help="count modules instead of measuring")
    search = search_path()
    if not parser.parse_args(arguments).check:
        return bench(search)
    found = check(search)
    print("\n".join(found) if found else f"{len(handlers())} handlers import what they may")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
