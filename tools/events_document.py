"""`docs/events.md` from the code: every event with its fields, and how events move the stages.

`--check` fails when the document is not what the code says. The stages come from playing the
stories below, with the golden samples, through `evolve`.
"""

import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from amends.adapters.codec import decode_event
from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import EVENT_TYPES
from amends.domain.case.evolution import evolve, opened

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "data" / "events"
DOCUMENT = ROOT / "docs" / "events.md"

EVIDENCE = "EvidenceCarried EvidenceExpected EvidenceReceived EvidenceRefused"
TRACED = "CaseOpened TrackingRead"
CONCLUDED = f"{TRACED} AnomalySeen Concluded"
OFFERED = f"{CONCLUDED} LiabilityFound Assessed OfferMade"
REQUESTED = f"{OFFERED} OfferAccepted PayoutRequested"
PAID = f"{REQUESTED} PayoutConfirmed"
INVESTIGATED = f"{TRACED} ReportJoined Verified Triaged LevelOpened CustodyTraced Assigned"
TASKS = "TaskOpened TaskLinkIssued TaskReminded TaskEscalated TaskAnswered TaskCancelled"
SEEN = "NodeRecorded CctvRequested CctvHeld CctvReceived CctvViewed"
INQUIRED = "InquirySent InquiryAcknowledged InquiryReplied InquiryExpired"
ASKED_ROUND = f"FirstReplied {TASKS} {SEEN} AccidentRecorded StatementRecorded {INQUIRED}"
ANSWERED_FOR = (
    "ForceMajeureTested LiabilityProposed LiabilityRefused LiabilityProposed LiabilityApproved "
    "LiabilityFound LiabilityAppealed LiabilityReviewed PersonnelReferred RecoveryPlanned"
)
LEARNED = "RootCauseFound CorrectiveActionProposed CorrectiveActionConfirmed"
VALUED = "WeightsCompared PartLossFound RepairQuoted SalvageValued"
FETCHED = "RecipientIdentified RecipientContacted GiftPromised PickupArranged IntegrityChecked"
REDELIVERED = "Repacked Redelivering Redelivered ImpactGraded"
CLAIMED = "PolicyNoted ClaimMade EntitlementDeclared LiabilityFound"
PROPOSED = "OfferProposed OfferApproved OfferMade OfferReminded DeadlineWarned"
REFUSED = "OfferRefused CounterAnswered LegalRouteOpened"
SETTLED = (
    "OfferAccepted SettlementWritten PayoutRequested PayoutConfirmed ReceiptAcknowledged "
    "ExtraTurnedToMoney ExtraDone"
)
TALKED = (
    "MessagePosted ReplyOverdue ReplySetAside SummarySent SummaryAnswered SummaryLapsed Apologised"
)
CALLED = "CallPlanned CallOverdue CallMade"
AWAITED = "PayeeAwaited OfferAccepted"
GIVEN_UP = "PayoutFailureProposed PayoutDeclaredFailed"
STORIES = (
    f"{PAID} SurveyPlanned SurveySent FeedbackGiven FeedbackAdded CaseClosed CaseReopened",
    f"{REQUESTED} PayoutHeld PayoutApproved PayoutSent PayoutUnknown PayoutRejected {AWAITED}",
    f"{REQUESTED} PayoutSent PayoutAwaitingPayee PayoutCallbackAsked PayoutCancelled OfferAccepted",
    f"{REQUESTED} PayoutSent PayoutUnknown {GIVEN_UP} PayoutRejected",
    f"{PAID} PayoutReturned",
    f"{PAID} RecoveryFiled RecoveryAcknowledged RecoveryReceived WriteOffAsked RecoveryWrittenOff",
    f"{PAID} RecoveryFiled RecoveryDenied CouponRedeemed CouponLapsed",
    f"{PAID} SurveyPlanned SurveySent SurveyReminded FeedbackGiven CaseReopened {CALLED}",
    f"{TRACED} {TALKED} ProgressTold",
    f"{OFFERED} OfferRefused",
    f"{CONCLUDED} {CLAIMED} Assessed DeadlinesSet {PROPOSED} {REFUSED} OfferMade {SETTLED}",
    f"{OFFERED} AppealMade OfferProposed OfferNotApproved AppealDecided OfferMade ReviewOpened",
    f"{OFFERED} OfferExpired CaseClosed CaseReopened AppealMade",
    f"{OFFERED} OfferExpired CaseClosed",
    f"{CONCLUDED} InformationRequested InformationGiven ReportCorrected CaseClosed",
    f"CaseOpened AccessLinkIssued TokenIssued {EVIDENCE} DocumentVerified CaseWithdrawn CaseClosed",
    f"{TRACED} LookPlanned KindChanged Concluded",
    f"{INVESTIGATED} {ASKED_ROUND} Concluded {ANSWERED_FOR} {LEARNED}",
    f"{INVESTIGATED} InformationRequested InformationReminded InformationGiven LevelExtended",
    f"{INVESTIGATED} InformationRequested InformationReminded CaseWithdrawn CaseClosed",
    f"{INVESTIGATED} InspectionBooked KeepGoodsOrdered Inspected {VALUED} Concluded",
    f"{INVESTIGATED} Quarantined ClockMissed AuthorityNotified SenderTold Disposed Concluded",
    f"{INVESTIGATED} StopRequested StopAcknowledged {FETCHED} {REDELIVERED}",
    f"{INVESTIGATED} StopRequested StopExpired RecipientIdentified Concluded",
    f"{INVESTIGATED} RecipientIdentified IntegrityChecked TwinLinked KindChanged Concluded",
    f"{CONCLUDED} FoundAgain Redelivering Redelivered",
    f"{PAID} SurveyPlanned FoundAgain ClawBackChosen CaseClosed",
)
HEAD = """# Events

Written by `python -m tools.events_document` from the code; do not edit. `make check` compares.

An event row holds `case_id, version, type, body, recorded_at, by, because`. The body is the JSON
below. Names and fields once released are read for ever: every event has a golden sample in
`tests/data/events/`, and a change of form gets an upcaster (`amends/adapters/upcasting.py`).
No event holds personal data; it names what stands in the contacts table.
"""


def moves() -> dict[tuple[str, str], set[str]]:
    """From (stage, next stage) to the events that cause it; `[*]` is before the beginning."""
    found: dict[tuple[str, str], set[str]] = {}
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    for story in STORIES:
        case: Case | None = None
        for version, name in enumerate(story.split(), start=1):
            body = (SAMPLES / f"{name}.json").read_text(encoding="utf-8")
            recorded = Recorded(
                event=decode_event(name, body), version=version, at=at, by="story", because="story"
            )
            before = case.stage.value if case else "[*]"
            case = evolve(case, recorded) if case else opened(recorded)
            if case.stage != before:
                found.setdefault((before, case.stage.value), set()).add(name)
    return found


def document() -> str:
    """The whole document."""
    return "\n".join([HEAD, *_diagram(), *_events()])


def _diagram() -> Iterator[str]:
    yield "## Stages\n"
    yield "Only events that change the stage are drawn.\n"
    yield "```mermaid\nstateDiagram-v2"
    for (before, after), names in sorted(moves().items()):
        yield f"    {before} --> {after}: {', '.join(sorted(names))}"
    yield "```\n"


def _events() -> Iterator[str]:
    yield f"## The {len(EVENT_TYPES)} events\n"
    for name, kind in EVENT_TYPES.items():
        yield f"### {name}\n"
        yield f"{(kind.__doc__ or '').strip()}\n"
        yield "| field | type | may be left out |\n|---|---|---|"
        hints = get_type_hints(kind)
        for field in fields(kind):
            optional = "no" if field.default is MISSING else "yes"
            yield f"| `{field.name}` | {_words(hints[field.name])} | {optional} |"
        body = (SAMPLES / f"{name}.json").read_text(encoding="utf-8").strip()
        yield f"\n```json\n{body}\n```\n"


def _words(hint: Any) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join("null" if arg is type(None) else _words(arg) for arg in get_args(hint))
    if get_origin(hint) is tuple:
        return f"list of {_words(get_args(hint)[0])}"
    plain = {
        "str": "string",
        "int": "integer",
        "bool": "boolean",
        "datetime": "moment, UTC",
        "date": "date",
    }
    return plain.get(hint.__name__, f"`{hint.__name__}`")


def main(arguments: Sequence[str]) -> int:
    """Write the document, or check that it is what the code says."""
    wanted = document()
    if "--check" in arguments:
        if DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == wanted:
            return 0
        print("docs/events.md is out of date: python -m tools.events_document", file=sys.stderr)
        return 1
    DOCUMENT.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
