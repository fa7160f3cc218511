"""What SF's bodies hold, in whichever of three forms: JSON, a form with a field of it, XML."""

from urllib.parse import parse_qsl
from xml.parsers import expat

from amends.domain.parcel.channel import Malformed
from amends.domain.parcel.wire import Document, document

_FIELDS = ("content", "body", "msgData", "data", "xml")
_LISTS = {"WaybillRoute": "WaybillRoute", "RouteResponse": "routeResps", "Route": "routes"}
_MOST = 20_000
"""Elements of one message; SF sends a few hundred."""
XML_ACKNOWLEDGED = b'<Response service="RoutePushService"><Head>OK</Head></Response>'


def content_of(body: bytes) -> object:
    """The JSON of an answer or push; XML of the older interface as the same document."""
    plain = _unwrapped(body)
    return _of_xml(plain) if is_xml(plain) else document(plain)


def is_xml(body: bytes) -> bool:
    """Whether it is XML of SF's own, not a gateway's page."""
    start = _unwrapped(body).lstrip(b"\xef\xbb\xbf \t\r\n")[:400]
    return start[:1] == b"<" and (b"<Request" in start or b"<Response" in start)


def _unwrapped(body: bytes) -> bytes:
    """The content of a push that came as a form field; else the body as it is."""
    if b"=" not in body[:64] or body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<"):
        return body
    fields = dict(parse_qsl(body.decode("utf-8", "replace")))
    return next((value.encode() for key, value in fields.items() if key in _FIELDS), body)


def _of_xml(body: bytes) -> Document:
    """Attributes are fields and elements lists, as in JSON; no DTD, so no entity of its own."""
    root: dict[str, object] = {}
    open_rows: list[dict[str, object]] = [root]
    words: list[str] = []
    seen = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > _MOST:
            raise Malformed("the body has too many elements")
        words.clear()
        row: dict[str, object] = dict(attributes)
        if name in _LISTS:
            held = open_rows[-1].setdefault(_LISTS[name], [])
            if isinstance(held, list):
                held.append(row)
        elif name == "Response":
            root["routeResps"] = []
        elif name == "ERROR":
            root["apiResultCode"] = attributes.get("code", "A1099")
        open_rows.append(row if name in _LISTS else open_rows[-1])

    def end(name: str) -> None:
        open_rows.pop()
        if name == "ERROR":
            root["apiErrorMsg"] = "".join(words)

    def refuse(*_: object) -> None:
        raise Malformed("a body with a DTD is not read")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = words.append, refuse
    try:
        parser.Parse(body.strip(), True)  # noqa: FBT003 - positional alone
    except expat.ExpatError:
        raise Malformed("the body is not XML") from None
    return root
