"""One given value of every event that opens a case or the way into it; see `event_samples`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from amends.domain.case import events as e
from amends.domain.case.report import Report, Shipment
from amends.domain.case.vocabulary import Kind, ReportChannel, Role

DISCOVERED = Report(
    kind=Kind.LOST,
    shipment=Shipment(
        tracking_number="RR123456785CN", carrier="china_post", shipped_on=date(2026, 11, 2)
    ),
    noticed_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    role=Role.MERCHANT,
    language="en",
    channel=ReportChannel.WEB,
)
OPENING: Mapping[str, e.Event] = {
    "CaseOpened.3": e.CaseOpened(
        case_id="case_0123456789abcdefghjkmnpqrs",
        report=DISCOVERED,
        number_valid=True,
        token_hash="9f86d081884c7d65",
        merchant="mer_tea",
        discovered_as="missed_transfer",
    ),
    "AccessLinkIssued": e.AccessLinkIssued(
        link_hash="9f86d081884c7d65", good_until=datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    ),
    "TokenIssued": e.TokenIssued(token_hash="60303ae22b998861"),
}
