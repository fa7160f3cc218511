"""CPU of a warm `POST /v1/cases` and of one step of the stream, in process, on stores of memory.

Prints milliseconds of CPU each, then where they go: the most expensive functions of our own and of
others, by their own time. What the network and DynamoDB would add is not in it.
"""

import cProfile
import json
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import timedelta
from io import StringIO

from amends.domain.case import intake
from amends.domain.case.events import TrackingRead
from amends.domain.case.investigation.tracing import note_reading
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Milestone
from amends.service.amend import amend
from tests.support.intake_world import Intake
from tests.support.investigation_reports import report_of
from tests.support.investigation_world import World
from tools.local.demo import a_number, report_body

WARM_UP = 20
ROUNDS = 300
SHOWN = 8


def main() -> int:
    """Measure both, and profile each once more."""
    with redirect_stderr(StringIO()):  # the log of each request
        measure("POST /v1/cases", post())
        measure("a stream step: concluded, liability, assessed, offered", step())
    return 0


def measure(what: str, act: Callable[[], object]) -> None:
    """Print the median and the 95th percentile, and the profile of as many calls again."""
    for _ in range(WARM_UP):
        act()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        taken.append((time.process_time() - start) * 1000)
    print(
        f"{what}: median {statistics.median(taken):.2f} ms CPU, "
        f"95 % below {statistics.quantiles(taken, n=20)[18]:.2f} ms"
    )
    profile = cProfile.Profile()
    profile.runcall(lambda: [act() for _ in range(ROUNDS)])
    stats = pstats.Stats(profile).sort_stats("tottime")
    total = stats.total_tt  # type: ignore[attr-defined]  # typeshed leaves it out
    for name in stats.fcn_list[:SHOWN]:  # type: ignore[attr-defined]  # typeshed leaves it out
        calls, _, own, _, _ = stats.stats[name]  # type: ignore[attr-defined]  # typeshed leaves it out
        file, line, function = name
        where = "/".join(file.split("/")[-2:])
        print(f"   {own / total:5.1%}  {calls / ROUNDS:6.0f} calls  {function} ({where}:{line})")


def post() -> Callable[[], object]:
    """A report, each time of another parcel: one that is known joins its case, which is cheaper."""
    desk = Intake()
    calls = WARM_UP + 2 * ROUNDS
    bodies = iter([json.dumps(report_body(a_number(seed))) for seed in range(calls)])

    def act() -> object:
        headers = {"content-type": "application/json", "idempotency-key": f"bench-{desk.calls}"}
        answer = desk.call("POST", "/v1/cases", raw=next(bodies), headers=headers)
        if answer.status != 201:
            raise SystemExit(f"the report was answered {answer.status}")
        return answer

    return act


def step() -> Callable[[], object]:
    """A parcel of which the last word is weeks old, taken from its reading to the offer."""
    world = World()
    numbers = iter(range(10**6))
    day = world.now.date()
    reported = replace(
        report_of(Kind.LOST, shipped_on=day - timedelta(days=100)),
        inquired_on=day - timedelta(days=70),
    )

    def act() -> object:
        case_id = f"case_{next(numbers)}"
        opened = intake.open_case(
            reported,
            case_id=case_id,
            number_valid=True,
            token_hash="0" * 64,
            merchant=None,
            occasion=world.occasion(),
        )
        world.cases.open(opened, world.occasion())
        reading = TrackingRead(
            milestone=Milestone.IN_TRANSIT,
            found=True,
            channels=("upu",),
            scans=3,
            last_movement_at=world.now - timedelta(days=60),
            ask_again_at=world.now + timedelta(days=1),
        )
        amend(world.cases, case_id, world.occasion(), lambda case: note_reading(case, reading))
        world.id = case_id
        return world.settle()

    if not world.cases.load(str(getattr(act(), "id", ""))).offers:
        raise SystemExit("no offer came of it")
    return act


if __name__ == "__main__":
    sys.exit(main())
