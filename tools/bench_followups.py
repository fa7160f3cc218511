"""Due follow-ups on Amazon's own engine: sweep, act, plan, send (`make bench-followups`).

The sweep goes over `--due` due cases; `--count` of them are carried from due to sent, through the
code that the functions run: the sweep's documents, the step of each case, both readers of the
stream, the planned message, its turn in the line of mails, and a mail service that only counts.
"""

import argparse
import os
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from amends.domain.occasion import Occasion
from amends.service.due import act_on, sweep_cases
from amends.service.people.informing import inform
from amends.service.people.sending import send
from amends.service.settling import next_step
from tools.followup_stage import AT, Stage, stage

WANTED = 100_000
WITHIN = 15 * 60.0
MOST_MEMORY = 64.0
"""MiB that the sweep may add, however much is due."""


class Line:
    """A queue of the process: what was sent is taken out once."""

    def __init__(self) -> None:
        self.rows: deque[Mapping[str, Any]] = deque()

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one."""
        del delay_seconds
        self.rows.append(document)

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Put many."""
        self.rows.extend(documents)

    def waiting(self) -> int:
        """How many are left."""
        return len(self.rows)


class Counted(Line):
    """A queue that keeps no more than it is asked to: the rest is counted, as SQS would hold it."""

    def __init__(self, keep: Callable[[str], bool]) -> None:
        super().__init__()
        self.put = 0
        self._keep = keep

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Count all, keep the cases that are to be carried on."""
        for document in documents:
            case_ids: Any = document["case_ids"]
            self.put += len(case_ids)
            kept = [case_id for case_id in case_ids if self._keep(case_id)]
            if kept:
                self.rows.append({"case_ids": kept})


def memory() -> float:
    """The most that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def swept(world: Stage) -> Counted:
    """Put everything due to the queue; says how fast and with how much memory."""
    queue = Counted(world.is_whole)
    world.units.spent.clear()
    before, began, wall = memory(), time.process_time(), time.perf_counter()
    sweep_cases(world.cases, queue, world.passes, world.occasion())
    spent, took = time.process_time() - began, time.perf_counter() - wall
    grown = memory() - before
    print(
        f"sweep     {queue.put:>8,} due cases in {took:.1f} s ({spent:.1f} s of processor), "
        f"{world.units.spent['read'] / queue.put:.4f} read units each, {grown:.1f} MiB more"
    )
    if grown > MOST_MEMORY:
        raise SystemExit(f"missed: the sweep took {grown:.0f} MiB more")
    return queue


def worked(
    world: Stage, count: int, line: Line, threads: int, work: Callable[[Any], None]
) -> float:
    """Let some workers empty a line; the processor's milliseconds for each follow-up."""
    world.units.spent.clear()
    began = time.process_time()

    def worker(_: int) -> None:
        while line.rows:
            try:
                document = line.rows.popleft()
            except IndexError:
                return
            work(document)

    with ThreadPoolExecutor(threads) as crowd:
        list(crowd.map(worker, range(threads)))
    return (time.process_time() - began) / count * 1000


def main() -> int:
    """Print the figures; ends with an error where a mark is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, default=WANTED)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--rate", type=int, default=112)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
    if not url:
        print("AMENDS_DYNAMODB_LOCAL is not set: run it by `make bench-followups`")
        return 2
    outgoing = Line()
    world = stage(url, due=options.due, whole=options.count, rate=options.rate, queue=outgoing)
    due = swept(world)

    def act(document: Mapping[str, Any]) -> None:
        def acted(case_id: str) -> None:
            inform(world.cases, case_id, world.informing, world.occasion())

        act_on(
            document["case_ids"],
            world.cases,
            world.settling,
            world.occasion(),
            failed=world.failed,
            acted=acted,
        )
        for case_id in document["case_ids"]:  # both readers of the stream, once for each event
            inform(world.cases, case_id, world.informing, world.occasion(), since=world.last)
            next_step(world.cases, case_id, world.settling, world.occasion())

    def mail(document: Mapping[str, Any]) -> None:
        occasion = Occasion(at=AT, by="followup", because="bench")
        send(world.cases, document["case_id"], document["key"], world.post, occasion)

    acting = worked(world, options.count, due, options.threads, act)
    print(f"act       {acting:.1f} ms of processor each, {told(world, options.count)}")
    surveys = len(outgoing.rows)
    wall = time.perf_counter()
    sending = worked(world, options.count, outgoing, options.threads, mail)
    took = time.perf_counter() - wall
    print(f"send      {sending:.1f} ms of processor each, {told(world, options.count)}")
    print(
        f"sent      {len(world.mails.at):,} of {surveys:,} in {took:.1f} s, "
        f"{world.mails.most_in_a_second()} in the fullest second of {options.rate} allowed, "
        f"{world.mails.twice()} twice; {memory():.0f} MiB at most"
    )
    needed = WANTED / WITHIN
    each = acting + sending
    print(
        f"{WANTED:,} in fifteen minutes are {needed:.0f} a second: {needed * each / 1000:.1f} "
        f"cores in all, or {needed * each / 1000 / 0.29:.0f} functions of 512 MB (0.29 core each); "
        f"at {options.rate} mails a second they take {WANTED / options.rate / 60:.1f} minutes"
    )
    is_good = len(world.mails.at) == options.count and not world.mails.twice()
    return 0 if is_good and world.mails.most_in_a_second() <= options.rate + 1 else 1


def told(world: Stage, count: int) -> str:
    """Units of each follow-up."""
    spent = world.units.spent
    return f"{spent['write'] / count:.2f} write and {spent['read'] / count:.2f} read units"


if __name__ == "__main__":
    sys.exit(main())
