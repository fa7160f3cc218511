"""Reading answers: what follows at once from what a role has answered."""

from datetime import datetime

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.goods import recovery
from amends.domain.case.investigation import inquiry, learning
from amends.domain.case.question import Fact, value_of
from amends.domain.case.state.custody import NodeRecord, RecordKind
from amends.domain.case.state.investigation import Task, TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Stage

_CAUSES = {
    "order_entry": Cause.ADDRESS_ENTRY,
    "label_print": Cause.LABEL,
    "sorting": Cause.MISSORT,
    "handling": Cause.PARCEL_SWAP,
    "customer": Cause.ADDRESS_WRITTEN_WRONG,
}
_RECOVERING = frozenset({Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING})


def consequences(case: Case, task: Task, facts: tuple[Fact, ...]) -> list[Event]:
    """Node records, accidents, causes and integrity, from typed answers alone."""
    match task.role:
        case TaskRole.STATION | TaskRole.HUB | TaskRole.WAREHOUSE:
            return _stock(case, task, facts)
        case TaskRole.DELIVERY:
            return _sign_off(case, task, facts)
        case TaskRole.DRIVER:
            return _accident(case, task, facts)
        case TaskRole.ORDER_DESK:
            cause = _CAUSES.get(value_of(facts, "cause") or "")
            if cause is None:
                return []
            because = "the order desk compared order and label"
            return learning.find_root_cause(case, cause, node=task.node, because=because)
        case TaskRole.PICKUP if case.stage in _RECOVERING:
            return recovery.check_integrity(case, facts, evidence=task.evidence)
        case _:
            return []


def _stock(case: Case, task: Task, facts: tuple[Fact, ...]) -> list[Event]:
    if task.node is None:
        return []
    document = value_of(facts, "document")
    events: list[Event] = []
    if came := value_of(facts, "stock_in_at"):
        record = NodeRecord(
            kind=RecordKind.STOCK_IN, node=task.node, at=_moment(came), document=document
        )
        events += inquiry.record_node(case, record, task_id=task.id)
    if left := value_of(facts, "stock_out_at"):
        record = NodeRecord(
            kind=RecordKind.STOCK_OUT,
            node=task.node,
            at=_moment(left),
            to=value_of(facts, "stock_out_to"),
            document=document,
        )
        events += inquiry.record_node(case, record, task_id=task.id)
    return events


def _sign_off(case: Case, task: Task, facts: tuple[Fact, ...]) -> list[Event]:
    delivered = value_of(facts, "delivered_at")
    if delivered is None or value_of(facts, "signed_by_relation") == "nobody":
        return []
    weight = value_of(facts, "weight_grams")
    record = NodeRecord(
        kind=RecordKind.SIGN_OFF,
        node=task.node or "delivery",
        at=_moment(delivered),
        signed_by=value_of(facts, "signed_by_relation"),
        weight_grams=int(weight) if weight else None,
    )
    return inquiry.record_node(case, record, task_id=task.id)


def _accident(case: Case, task: Task, facts: tuple[Fact, ...]) -> list[Event]:
    when = value_of(facts, "accident_at")
    if value_of(facts, "accident") == "yes" and when is not None:
        return inquiry.record_accident(
            case,
            "traffic_accident",
            at=_moment(when),
            node=task.node,
            reference=value_of(facts, "police_reference"),
        )
    return []


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
