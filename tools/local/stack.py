"""Bring the stack up, describe it in `local.json`, take it down."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.local import processes
from tools.local.build import build
from tools.local.caller import call
from tools.local.deploy import ORIGIN, STACK, add_people, deploy, merchant
from tools.local.emulator.schedules import MINUTE
from tools.local.emulator_process import NAME, start_emulator
from tools.local.fault_proxy import start_faults, stop_faults
from tools.local.places import REGION, ROOT, Places, alone, identity, read, write
from tools.local.world import start_world, stop_world, tell_world

READY_WITHIN = 180.0
SERVER_ERROR = 500
HOME = Path(os.environ.get("AMENDS_HOME", ROOT / ".amends"))


def up(places: Places, *, faults: bool = False, minute: float = MINUTE) -> dict[str, Any]:
    """Start what is not running, build, deploy; answers what `local.json` then holds.

    With `faults`, functions reach their cloud through a proxy that fails on demand. A `minute` of
    the schedules lasts that many seconds; the template's one-minute sweep comes as often.

    Safe to repeat, and safe after any crash: every step looks at what is there first.
    """
    with alone(places.home / "lock"):
        known = identity(places) if not _alive(places) else read(places.identity)
        through = start_faults(places, known) if faults else None
        with ThreadPoolExecutor(1) as beside:  # the build is the longest wait of all
            built = beside.submit(build, places)
            endpoint = start_emulator(places, known, through, minute=minute)
            world = start_world(places)
            template = built.result()
        outputs = deploy(places, known, endpoint, template)
        tell_world(known, endpoint, outputs, world)
        description = describe(known, endpoint, outputs) | {
            "staff": add_people(known, endpoint, outputs),
            "merchant": merchant(known, endpoint, outputs),
            "simulators_url": world,
            "faults_url": through,
        }
        await_api(description["api_url"])
        write(places.description, description)
    return description


def await_api(url: str, *, within: float = READY_WITHIN) -> None:
    """Wait until the API answers for itself: a first cold start may outlast its function's time.

    A case that nobody has is asked for, which takes the function, its secrets and its tables.
    """
    deadline = time.monotonic() + within
    while (status := call(f"{url}/v1/cases/case_none", bearer="nobody").status) >= SERVER_ERROR:
        if time.monotonic() > deadline:
            raise SystemExit(f"the API answers {status}; see .amends/logs/emulator.log")
        time.sleep(0.5)


def down(places: Places) -> bool:
    """Stop everything cleanly, so that the next start resumes on the same data."""
    with alone(places.home / "lock"):
        places.description.unlink(missing_ok=True)
        stop_world(places)
        stop_faults(places)
        return processes.stop(places, NAME)


def _alive(places: Places) -> bool:
    return processes.running(places, NAME) is not None


def describe(known: dict[str, Any], endpoint: str, outputs: dict[str, str]) -> dict[str, Any]:
    """Every URL, table, queue and credential, by the names that the template's outputs have."""
    by_kind: dict[str, dict[str, str]] = {
        kind: {} for kind in ("tables", "queues", "dead_letters", "buckets", "functions")
    }
    endings = {"Table": "tables", "Queue": "queues", "DeadLetters": "dead_letters"}
    for name, value in outputs.items():
        kind = next((kind for end, kind in endings.items() if name.endswith(end)), None)
        if name.startswith(("ReportIntake", "TrackingPoller", "ClaimSettle", "Followup")):
            kind = "dead_letters" if name.endswith("DeadLetters") else "functions"
        elif name.endswith("Bucket"):
            kind = "buckets"
        if kind is not None:
            by_kind[kind][_snake(name)] = value
    return {
        "stack": STACK,
        "region": REGION,
        "account": known["account"],
        "endpoint_url": endpoint,
        "aws_access_key_id": known["account"],
        "aws_secret_access_key": known["secret"],
        "api_url": outputs["Url"],
        "allowed_origin": ORIGIN,
        "mail_url": f"{endpoint}/_ministack/ses/messages",
        "sms_url": f"{endpoint}/_ministack/sns/sms-messages",
        "settings_parameter": outputs["SettingsParameter"],
        "secrets_prefix": outputs["SecretsPrefix"],
        "user_pool_id": outputs["UserPoolId"],
        "staff_client_id": outputs["StaffClientId"],
        "function_logs": outputs["FunctionLogs"],
        "api_logs": outputs["ApiLogs"],
        "alarm_topic": outputs["AlarmTopic"],
        **by_kind,
    }


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
