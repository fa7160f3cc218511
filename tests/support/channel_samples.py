"""Samples of every channel, and one line per scan to compare them by."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, Channel
from amends.domain.parcel.reading import Reading

SAMPLES = Path(__file__).parents[1] / "data" / "tracking" / "samples"
PREFIXES: Mapping[str, str] = {
    "seventeentrack": "17track_",
    "dhl_unified": "dhl_",
    "royal_mail": "royalmail_",
    "sf": "sf_",
}


def sample(name: str) -> bytes:
    """One sample payload of our own."""
    return (SAMPLES / name).read_bytes()


def samples_of(channel: str) -> Iterator[tuple[str, bytes]]:
    """The answers, pushes and errors that we have of one channel; requests left out."""
    prefix = PREFIXES.get(channel, f"{channel}_")
    for path in sorted(SAMPLES.glob(f"{prefix}*")):
        if ".request." not in path.name and not path.name.endswith("_ack.json"):
            yield path.name, path.read_bytes()


def status(reading: Reading) -> str:
    """A reading's own words in one line."""
    return " ".join(
        (
            reading.number,
            reading.carrier or "-",
            "found" if reading.found else "unfound",
            reading.milestone,
            reading.reason or "-",
            reading.direction,
            reading.channel_state,
            reading.error or "-",
        )
    )


def lines(reading: Reading) -> list[str]:
    """A line per scan."""
    return [
        " ".join(
            (
                scan.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                scan.offset_source,
                scan.milestone,
                scan.step or "-",
                scan.reason or "-",
                scan.code or "-",
            )
        )
        for scan in reading.scans
    ]


def account(channel: Channel, *, token: str | None = "TOKEN") -> Account:  # noqa: S107 - no secret
    """An account whose secrets are easy to find wherever they leak."""
    secrets = {name: f"SECRET-{name}" for name in channel.SECRETS}
    return Account(base_url="http://channel.test", secrets=secrets, token=token)


def asked_of(channel: Channel, *numbers: str) -> list[Asked]:
    """Parcels of the channel's first carrier."""
    carrier = next(iter(sorted(channel.CARRIERS)), "usps")
    return [Asked(number=number, carrier=carrier) for number in numbers]


def track(
    channel: Channel, asked: list[Asked], response: Response, **kept: str
) -> tuple[dict[str, Reading], list[Request]]:
    """Ask with one canned response to everything but the request for a token."""
    requests: list[Request] = []

    def send(request: Request) -> Response:
        requests.append(request)
        if "/oauth" in request.url:
            granted = b'{"access_token":"T","expires_in":"3600","token_type":"Bearer"}'
            return Response(status=200, body=granted)
        return response

    made = account(channel)
    merged = Account(
        base_url=made.base_url, secrets={**made.secrets, **kept}, token=made.token, at=made.at
    )
    answer = converse(channel.track(asked, merged), send)
    return dict(answer.readings), requests
