"""Stream mappings as Lambda runs them; replaces the emulator's own poll of DynamoDB streams."""

import contextlib
import json
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from tools.local.emulator.delivery import Answer, Batch, Reader, judge


class StreamPoll:
    """One pass over every mapping; keeps what is still to be tried, by mapping."""

    def __init__(self, functions: ModuleType, tables: ModuleType) -> None:
        self._functions = functions
        self._tables = tables
        self._waiting: defaultdict[str, deque[Batch]] = defaultdict(deque)

    def __call__(self) -> bool:
        """Serve each mapping once; true where something was done, so that the next pass is soon."""
        busy = False
        for account, region, mapping in self._functions._iter_all_esms():
            with self._scope(account, region):
                busy = self._serve(mapping) or busy
        return busy

    @contextlib.contextmanager
    def _scope(self, account: str, region: str) -> Iterator[None]:
        by_account = self._functions._request_account_id.set(account)
        by_region = self._functions._request_region.set(region)
        try:
            yield
        finally:
            self._functions._request_account_id.reset(by_account)
            self._functions._request_region.reset(by_region)

    def _serve(self, mapping: dict[str, Any]) -> bool:
        key = mapping["UUID"]
        if self._functions._esm_backoff_until.get(key, 0) > time.time():
            return False
        source = self._source(mapping)
        if source is None:
            return False
        table, function = source
        waiting = self._waiting[key]
        if not waiting:
            taken, batch = self._take(mapping, table)
            if batch is None:
                return taken
            waiting.append(batch)
        self._deliver(mapping, function, waiting)
        return True

    def _source(self, mapping: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
        """The table and the function of a mapping that is on, reads a stream and finds both."""
        arn = str(mapping.get("EventSourceArn", ""))
        if not mapping.get("Enabled", True) or ":dynamodb:" not in arn:
            return None
        named = self._functions._dynamodb_stream_table_from_arn_spec(self._functions.parse_arn(arn))
        function, _ = self._functions._get_func_record_for_qualifier(
            mapping["FunctionName"], mapping.get("Qualifier")
        )
        if named is None or function is None:
            return None
        table = self._tables._tables.get(named[0])
        if not table or table.get("LatestStreamArn") != arn:
            return None
        return named[0], function

    def _take(self, mapping: dict[str, Any], table: str) -> tuple[bool, Batch | None]:
        """Take the next records past the mapping's place; whether any were there, and those wanted.

        A place beyond the end belongs to a stream of before a restart: it begins again.
        """
        key = mapping["UUID"]
        first = self._tables.stream_start_position(table)
        end = self._tables.stream_end_position(table)
        with self._functions._dynamodb_stream_positions_lock:
            places = self._functions._dynamodb_stream_positions
            start = first if mapping.get("StartingPosition") == "TRIM_HORIZON" else end
            place = places.get(key, start)
            place = first if place > end else max(place, first)
            places[key] = place
            if end == first:
                return False, None
            records = self._tables.stream_records_since(
                table, place, int(mapping.get("BatchSize", 100))
            )
            places[key] = place + len(records)
        wanted = self._functions._apply_filter_criteria(records, mapping) if records else []
        return bool(records), Batch(records=wanted) if wanted else None

    def _deliver(
        self, mapping: dict[str, Any], function: Mapping[str, Any], waiting: deque[Batch]
    ) -> None:
        batch = waiting.popleft()
        result = self._functions._execute_function(function, {"Records": list(batch.records)})
        verdict = judge(batch, _answer(result), Reader.of(mapping), now=time.time())
        waiting.extendleft(reversed(verdict.again))
        if verdict.parked is not None:
            self._functions._send_ddb_stream_failure_record(
                mapping,
                function,
                list(verdict.parked.records),
                mapping["EventSourceArn"],
                result,
                verdict.condition,
            )
        if verdict.pause:
            self._functions._esm_backoff_until[mapping["UUID"]] = time.time() + verdict.pause
        good = not verdict.again and verdict.parked is None
        mapping["LastProcessingResult"] = "OK" if good else "PROBLEM: Function call failed"


def _answer(result: Mapping[str, Any]) -> Answer:
    """Read what the function returned, which the emulator keeps as text, bytes or a document."""
    if result.get("error"):
        return Answer(error=True)
    body = result.get("body")
    if isinstance(body, str | bytes):
        try:
            body = json.loads(body)
        except ValueError:
            body = None
    failures = body.get("batchItemFailures") if isinstance(body, dict) else None
    return Answer(error=False, failed=[str(item.get("itemIdentifier")) for item in failures or ()])
