"""`/_world/…`: the hand that scripts the world."""

import json
from collections.abc import Mapping
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import urlsplit

from simulators.faults import Fault, PlanError, plan_from
from simulators.limits import Rate, Terms
from simulators.load import load
from simulators.parcel import ScriptError, parcel_from, script_of
from simulators.wire import Answer, Ask, Message, as_json, inner, text
from simulators.world import Callback, Post, World

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def control(ask: Ask, world: World) -> Answer:
    """Answer one request to the world itself; `path` starts after `/_world`."""
    parts = ask.path.strip("/").split("/")
    row = next(iter(ask.rows()), {})
    try:
        match ask.method, parts:
            case "PUT", ["parcels", number]:
                world.put(parcel_from(number, row))
                return as_json({"number": number})
            case "PUT", ["parcels"]:
                return _put_many(row, world)
            case "PUT", ["load"]:
                return as_json(load(row, world))
            case "GET", ["parcels", number]:
                return _get(number, world)
            case "DELETE", ["parcels", number]:
                world.parcels.pop(number, None)
                return as_json({"number": number})
            case "POST", ["push", number]:
                return as_json(push(number, world, ask.query.get("channel", "")))
            case "POST", ["advance"]:
                return as_json({"moved": world.advance(int(text(row, "scans") or "1"))})
            case "POST", ["reset"]:
                world.reset()
                return as_json({})
            case "GET", ["log"]:
                return as_json(log(world))
            case "GET", ["credentials"]:
                found = {
                    code: {**p.channel.credentials, **p.secrets} for code, p in world.posts.items()
                }
                return as_json(found)
            case "PUT", [what, "*"]:
                answers = [_set(what, post, row, world) for post in world.posts.values()]
                return answers[0]
            case "PUT", [what, code] if code in world.posts:
                return _set(what, world.posts[code], row, world)
            case _:
                return as_json({"error": "no such thing in this world"}, status=404)
    except (ScriptError, PlanError, ValueError) as error:
        return as_json({"error": str(error)}, status=400)


def _put_many(row: Mapping[str, object], world: World) -> Answer:
    for number, script in row.items():
        if isinstance(script, dict):
            world.put(parcel_from(number, script))
    return as_json({"count": len(row)})


def _get(number: str, world: World) -> Answer:
    uses = [script_of(parcel) for parcel in world.parcels.get(number, {}).values()]
    if not uses:
        return as_json({"error": "unknown parcel"}, status=404)
    return as_json({**uses[-1], "uses": uses})


def _set(what: str, post: Post, row: dict[str, object], world: World) -> Answer:
    with world.lock:
        match what:
            case "faults":
                post.plan = plan_from(row)
            case "limits":
                post.terms = _terms(row, post.channel.terms)
            case "credentials":
                post.secrets = {name: str(value) for name, value in row.items()}
            case "callbacks":
                secrets = {name: str(value) for name, value in inner(row, "secrets").items()}
                url = text(row, "url")
                if url and urlsplit(url).hostname not in LOOPBACK:
                    raise ValueError("a callback is on this machine")
                post.callback = Callback(url=url, secrets=secrets) if url else None
            case _:
                return as_json({"error": f"no {what} here"}, status=404)
    return as_json({"channel": post.channel.code})


def _terms(row: Mapping[str, object], published: Terms) -> Terms:
    rates = row.get("rates")
    return replace(
        published,
        batch=int(str(row.get("batch", published.batch))),
        refresh_seconds=float(str(row.get("refresh_seconds", published.refresh_seconds))),
        registration_seconds=float(
            str(row.get("registration_seconds", published.registration_seconds))
        ),
        enforced=row.get("enforced", published.enforced) is not False,
        rates=[
            Rate(
                requests=int(text(rate, "requests")),
                seconds=float(text(rate, "seconds")),
                pattern=text(rate, "pattern"),
            )
            for rate in rates
            if isinstance(rate, dict)
        ]
        if isinstance(rates, list)
        else published.rates,
    )


def log(world: World) -> dict[str, object]:
    """Requests, faults, pushes and violations per channel, with totals."""
    with world.lock:
        told = {code: post.ledger.summary() for code, post in world.posts.items()}
        broken = sum(post.ledger.violations.total() for post in world.posts.values())
        return {
            "channels": told,
            "parcels": len(world.parcels),
            "requests": sum(post.ledger.requests for post in world.posts.values()),
            "violations": broken,
            "faults": {
                fault.value: sum(post.ledger.faults[fault] for post in world.posts.values())
                for fault in Fault
            },
        }


def push(number: str, world: World, only: str = "") -> dict[str, object]:
    """Post the parcel's newest state to every callback that there is; the answers it got."""
    sent: list[dict[str, object]] = []
    for code, post in world.posts.items():
        if only not in {"", code}:
            continue
        if post.callback is None and number not in post.shelf.registered:
            continue
        for message in world.messages(code, number):
            url = post.callback.url if post.callback else message.url
            if url is None or urlsplit(url).hostname not in LOOPBACK:
                continue
            status, body = _deliver(url, message)
            post.ledger.pushes["sent"] += 1
            post.ledger.pushes[f"status {status}"] += 1
            sent.append({"channel": code, "status": status, "answer": body})
    return {"number": number, "sent": sent}


def _deliver(url: str, message: Message) -> tuple[int, str]:
    target = urlsplit(url)
    connection = HTTPConnection(target.hostname or "", target.port or 80, timeout=30)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    try:
        headers = {"Content-Type": message.content_type, **message.headers}
        connection.request("POST", path, body=message.body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode("utf-8", "replace")
    except OSError as error:
        return 0, json.dumps(str(error))
    finally:
        connection.close()
