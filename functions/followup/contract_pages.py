"""Contract of the pages that take an answer; `tools.openapi` reads it, no handler does."""

from amends.web.contract import Caller, Operation, Operations, Parameter

PAGE = {"type": "string", "contentMediaType": "text/html"}
TEXT = {"type": "string"}
SCORE = {"score": Parameter(schema=TEXT, says="The score that was tapped, 1 to 5; only shown.")}
ASKS = {
    "survey": "how it was",
    "summary": "whether we understood",
    "parcel": "whether a stranger has the parcel",
    "payment": "whether to call a waiting payment back",
}
FIELDS = {
    "survey": ("score", "resolved", "comment"),
    "summary": ("agreed", "correction"),
    "parcel": ("parcel", "when"),
    "payment": (),
}


def _shown(what: str) -> Operation:
    return Operation(
        says=f"Show the page that asks {ASKS[what]}; opening it changes nothing.",
        caller=Caller.ANYONE,
        answers={200: PAGE},
        media="text/html",
        query=SCORE if what == "survey" else {},
    )


def _sent(what: str) -> Operation:
    fields = dict.fromkeys(FIELDS[what], TEXT)
    return Operation(
        says=f"Say {ASKS[what]}, by the page's form; what is missing is asked again.",
        caller=Caller.ANYONE,
        body={"type": "object", "properties": fields},
        body_media="application/x-www-form-urlencoded",
        answers={200: PAGE},
        media="text/html",
    )


PAGES: Operations = {
    (method, f"/v1/answers/{what}/{{token}}"): operation(what)
    for what in ASKS
    for method, operation in (("GET", _shown), ("POST", _sent))
}
