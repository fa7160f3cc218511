"""Due follow-ups on Amazon's own engine: sweep, act, plan, send (`make bench-followups`).

All that is due is carried by worker processes through the code that the functions run: the sweep,
the step of each case, both readers of the stream, each message's turn, and mail that only counts.
"""

import argparse
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from amends.domain.occasion import BY_DUE
from amends.domain.people.posting import PostingState
from amends.service.due import act_on
from amends.service.due_pass import sweep_cases
from amends.service.people.informing import inform, inform_all
from amends.service.people.referring import wanted_by
from amends.service.people.sending import send_all
from amends.service.remembering import Remembered
from amends.service.settling import next_step
from amends.web.batch import turns_of_cases
from tools.counting_mails import most_in_a_second
from tools.followup_fill import copies
from tools.followup_lines import Handed, Line
from tools.followup_stage import AT, Stage, engine, make_tables, settle, stage

WANTED = 100_000
WITHIN = 15 * 60.0
WORKERS = 3
"""On two cores: each waits for the engine a third of its time."""
MOST_MEMORY = 64.0
"""MiB that the sweep may add, however much is due."""
TOGETHER = 10
"""Messages of one batch of the queue."""
TICKS = os.sysconf("SC_CLK_TCK")
SAID_EVERY = 60.0
_APART = get_context("spawn")


def memory() -> float:
    """The most that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def processor(pid: int) -> float:
    """Seconds of processor that a process has used so far."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def follow_up(world: Stage, outgoing: Line, document: Mapping[str, Any]) -> int:
    """One document of due cases, from due to sent; how many mails went out."""
    case_ids, due = document["case_ids"], world.occasion(BY_DUE)
    cases = Remembered(world.cases)

    def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
        return inform_all(cases, case_ids, world.informing, due)

    act_on(case_ids, cases, world.settling, due, failed=world.failed, acted=acted)
    read_stream(world, streamed(cases, case_ids))
    sent = 0
    while outgoing.rows:
        some = [outgoing.rows.popleft() for _ in range(min(TOGETHER, len(outgoing.rows)))]
        wanted = [wanted_by(one) for one in some]
        for posting in send_all(world.cases, wanted, world.post, world.occasion()):
            if isinstance(posting, Exception):
                raise posting
            message = posting.message
            if posting.state is PostingState.WAITING:  # the line was too long
                outgoing.rows.append({"case_id": message.case_id, "key": message.key})
            sent += posting.state is PostingState.SENT
    return sent


def streamed(cases: Remembered, case_ids: Sequence[str]) -> Mapping[str, Any]:
    """What the stream brings of what was recorded now."""
    rows = [
        {
            "Keys": {"case_id": {"S": case_id}, "version": {"N": str(one.version)}},
            "NewImage": {"type": {"S": type(one.event).__name__}, "by": {"S": one.by}},
        }
        for case_id in case_ids
        for one in cases.history(case_id)
        if one.at == AT
    ]
    return {"Records": [{"dynamodb": row} for row in rows]}


def read_stream(world: Stage, event: Mapping[str, Any]) -> None:
    """Both readers, of what they do not leave to whoever recorded it."""
    for record in turns_of_cases(event)["Records"]:
        keys, occasion = record["dynamodb"]["Keys"], world.occasion()
        case_id, version = keys["case_id"]["S"], int(keys["version"]["N"])
        inform(world.cases, case_id, world.informing, occasion, since=version)
        next_step(Remembered(world.cases), case_id, world.settling, occasion)


def work(url: str, tables: Mapping[str, str], rate: int, due: Any, done: Any, told: Any) -> None:
    """A worker: takes documents until there are none; `done` counts what all have sent."""
    outgoing = Line()
    world = stage(engine(url), tables, rate=rate, queue=outgoing)
    began = time.process_time()
    while (document := due.get()) is not None:
        sent = follow_up(world, outgoing, document)
        with done.get_lock():
            done.value += sent
    told.put(
        {
            "at": world.mails.at,
            "keys": list(world.mails.keys.elements()),
            "processor": time.process_time() - began,
            "memory": memory(),
            "calls": dict(world.calls),
        }
    )


def fill(url: str, tables: Mapping[str, str], places: Sequence[int]) -> None:
    """A filler: copies the first case."""
    copies(engine(url), tables, places)


def swept(world: Stage, line: Any | None) -> int:
    """Put everything due to the queue; says how fast and with how much memory."""
    queue = Handed(line)
    world.units.spent.clear()
    before, began, wall = memory(), time.process_time(), time.perf_counter()
    sweep_cases(world.cases, queue, world.passes, world.occasion())
    spent, took = time.process_time() - began, time.perf_counter() - wall
    grown = memory() - before
    if line is None:
        print(
            f"sweep     {queue.put:>8,} due cases in {took:.1f} s ({spent:.1f} s of processor), "
            f"{world.units.spent['read'] / queue.put:.4f} read units each, {grown:.1f} MiB more",
            flush=True,
        )
        if grown > MOST_MEMORY:
            raise SystemExit(f"missed: the sweep took {grown:.0f} MiB more")
    return queue.put


def main() -> int:
    """Print the figures; ends with an error where a mark is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=WANTED)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--workers", type=int, default=WORKERS)
    options = parser.parse_args()
    url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
    if not url:
        print("AMENDS_DYNAMODB_LOCAL is not set: run it by `make bench-followups`")
        return 2
    client = engine(url)
    tables = make_tables(client)
    world = stage(client, tables, rate=options.rate, queue=Line())
    settle(world, 0)
    wall = time.perf_counter()
    with ThreadPoolExecutor(options.workers) as crowd:
        shares = [range(1 + n, options.count, options.workers) for n in range(options.workers)]
        list(crowd.map(lambda share: apart(fill, url, tables, share), shares))
    print(f"filled    {options.count:>8,} cases in {time.perf_counter() - wall:.0f} s", flush=True)
    swept(world, None)
    return carried(world, url, tables, options)


def apart(act: Any, *values: Any) -> None:
    """Do something in a process of its own, and wait for it."""
    process = _APART.Process(target=act, args=values)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"a process ended with {process.exitcode}")


def carried(world: Stage, url: str, tables: Mapping[str, str], options: argparse.Namespace) -> int:
    """Let the workers carry all that is due; 0 when every mark was kept."""
    due, told, done = _APART.Queue(), _APART.Queue(), _APART.Value("i", 0)
    given = (url, tables, options.rate, due, done, told)
    workers = [_APART.Process(target=work, args=given) for _ in range(options.workers)]
    machine = int(os.environ["AMENDS_DYNAMODB_LOCAL_PID"])
    engine_before, wall = processor(machine), time.perf_counter()
    swept(world, due)
    for worker in workers:
        worker.start()
        due.put(None)
    said = wall
    results: list[dict[str, Any]] = []
    while len(results) < len(workers):
        time.sleep(0.5)
        while not told.empty():
            results.append(told.get())
        if time.perf_counter() - said >= SAID_EVERY:
            said = time.perf_counter()
            spent = processor(machine) - engine_before
            print(
                f"          {done.value:>8,} sent after {said - wall:.0f} s of wall, "
                f"{spent:.0f} s of the engine's processor",
                flush=True,
            )
        if any(worker.exitcode for worker in workers):
            raise SystemExit("a worker failed")
    took, theirs = time.perf_counter() - wall, processor(machine) - engine_before
    return judged(results, options.count, options.rate, took=took, theirs=theirs)


def judged(
    results: Sequence[Mapping[str, Any]], count: int, rate: int, *, took: float, theirs: float
) -> int:
    """Print what was measured; 1 when something was lost, told twice, or sent too fast."""
    keys = [key for one in results for key in one["keys"]]
    twice = len(keys) - len(set(keys))
    fullest = most_in_a_second(at for one in results for at in one["at"])
    ours = sum(one["processor"] for one in results)
    calls = sum((Counter(one["calls"]) for one in results), Counter())
    named = ", ".join(f"{name} {n / count:.2f}" for name, n in calls.most_common())
    load = ", ".join(f"{one:.0f}" for one in os.getloadavg())
    print(
        f"sent      {len(keys):>8,} of {count:,} in {took:.0f} s, {len(keys) / took:.0f} a second, "
        f"{twice} twice, {fullest} in the fullest second of {rate} allowed\n"
        f"each      {ours / count * 1000:.1f} ms of our processor, {theirs / count * 1000:.1f} ms "
        f"of the engine's; {calls.total() / count:.2f} calls: {named}\n"
        f"memory    {max(one['memory'] for one in results):.0f} MiB in the largest worker; "
        f"load of the machine {load}"
    )
    alone = ours / count * WANTED / WITHIN
    print(
        f"{WANTED:,} in fifteen minutes: {alone:.2f} cores for our part, "
        f"{theirs / count * WANTED / WITHIN:.2f} for the engine's; "
        f"{alone / 0.29:.0f} functions of 512 MB (0.29 core each)"
    )
    return 0 if len(keys) == count and not twice and fullest <= rate * 1.1 + 1 else 1


if __name__ == "__main__":
    sys.exit(main())
