"""What importing each handler costs: CPU of a fresh process, and what is loaded.

As a multiple of `boto3.client("dynamodb")` in the same run on the same machine, with the built
folders, their bytecode and nothing of the development environment; a naive handler is shown beside.
The least of several rounds counts, which a busy machine hardly moves. Clients are made at the first
event, one for each service: the reference is what the first of them costs on top.

`--check` holds the limits, and refuses too many modules, forbidden ones and missing bytecode.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.local.build import build
from tools.local.places import ROOT, Places

ROUNDS, CHECKED_ROUNDS, MOST_ROUNDS = 3, 2, 9
"""As a bench, as a check, and where a check would otherwise fail."""
API_LIMIT, OTHER_LIMIT, FIRST_LIMIT = 1.6, 1.2, 1.3
MOST_MODULES = {"api": 400, "other": 320}
FORBIDDEN = {
    "aws_lambda_powertools.tracing": "Tracer costs as much as boto3, even disabled",
    "aws_xray_sdk": "the same",
    "aws_lambda_powertools.utilities.idempotency": "keys of our own are cheaper and say more",
    "aws_lambda_powertools.utilities.parser": "pydantic alone does it",
    "joserfc": "when a token is to be proved, and not before",
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
FIRST_STEPS = {
    # The stream works out the law's days on a report's first record, in one regime's words.
    "claim_settle.stream, a report": (
        "import claim_settle.stream\nimport amends.service.assessment.law_days\n"
        "import amends.catalog.regimes.upu\n"
    ),
}
"""What a handler loads at its first event and not before."""
EMPTY, CLIENT = "(empty)", "boto3.client"
REFERENCE = 'import boto3\nboto3.client("dynamodb")\n'
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
    triggers = {"api", "email", "papers", "stream", "queue", "due", "schedule"}
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


def faults(handler: str, cost: Cost) -> Iterator[str]:
    """What is wrong with one handler's imports, in sentences."""
    kind = "api" if is_api(handler) else "other"
    if len(cost.modules) > MOST_MODULES[kind]:
        yield f"{handler} loads {len(cost.modules)} modules, more than {MOST_MODULES[kind]}"
    banned = FORBIDDEN if is_api(handler) else FORBIDDEN | FORBIDDEN_OUTSIDE_API
    for module in sorted(banned.keys() & cost.modules):
        yield f"{handler} loads {module}: {banned[module]}"


def limit(handler: str) -> float:
    """The most that a handler or a first step may cost, in clients of boto3."""
    if handler in FIRST_STEPS:
        return FIRST_LIMIT
    return API_LIMIT if is_api(handler) else OTHER_LIMIT


@dataclass(slots=True, kw_only=True)
class Race:
    """Programs measured side by side, round by round."""

    search: Sequence[str]
    programs: Mapping[str, str]
    spent: dict[str, list[Cost]] = field(default_factory=dict)

    def run(self, rounds: int) -> None:
        """Run every program so many times more, in turn."""
        for _ in range(rounds):
            for name, code in self.programs.items():
                self.spent.setdefault(name, []).append(run(code, self.search))

    def cpu(self, name: str) -> float:
        """Seconds beyond an empty interpreter, at the best of all rounds."""
        best, empty = (min(cost.cpu for cost in self.spent[one]) for one in (name, EMPTY))
        return best - empty

    def ratio(self, name: str) -> float:
        """The same in clients of boto3."""
        return self.cpu(name) / self.cpu(CLIENT)

    def over(self) -> list[str]:
        """Handlers and first steps that cost more than they may."""
        held = (*handlers(), *FIRST_STEPS)
        return [name for name in held if self.ratio(name) > limit(name)]


def race(search: Sequence[str], rounds: int) -> Race:
    """Measure all; who seems too dear runs on, as a busy machine can only make it seem dearer."""
    code = {handler: f"import {handler}\n" for handler in handlers()}
    found = Race(
        search=search,
        programs={EMPTY: "", CLIENT: REFERENCE, "(naive)": NAIVE, **code, **FIRST_STEPS},
    )
    found.run(rounds)
    while found.over() and len(found.spent[CLIENT]) < MOST_ROUNDS:
        found.run(2)
    return found


def without_bytecode(search: Sequence[str]) -> Iterator[str]:
    """Handlers that would be compiled at every cold start."""
    for handler in handlers():
        folder, module = handler.split(".")
        cached = Path(search[0]) / folder / "__pycache__"
        if not list(cached.glob(f"{module}.cpython-*.pyc")):
            yield f"{handler} ships no bytecode"


def table(found: Race) -> str:
    """A line for each program, the naive handler among them."""
    lines = [f"{'handler':28} {'CPU ms':>8} {'ratio':>6} {'limit':>6} {'modules':>8}"]
    for name, costs in found.spent.items():
        most = f"{limit(name):.1f}" if name in (*handlers(), *FIRST_STEPS) else ""
        lines.append(
            f"{name:28} {found.cpu(name) * 1000:8.1f} {found.ratio(name):6.2f} {most:>6} "
            f"{len(costs[0].modules):8}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure; with `--check`, 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.cold_start", description=__doc__)
    parser.add_argument("--check", action="store_true", help="hold the limits")
    checks, search = parser.parse_args(arguments).check, search_path()
    found = race(search, CHECKED_ROUNDS if checks else ROUNDS)
    print(table(found))
    wrong = [f"{name} costs {found.ratio(name):.2f} of a client" for name in found.over()]
    for handler in (*handlers(), *FIRST_STEPS):
        wrong += faults(handler, found.spent[handler][0])
    wrong += without_bytecode(search)
    print("\n".join(wrong) if wrong else f"{len(handlers())} handlers import what they may")
    return int(checks and bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
