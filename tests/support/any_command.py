"""Any command: for each endpoint that changes a case, a path and a body that it takes."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from amends.domain.case.question import AnswerType, Question
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Kind
from tests.support.investigation_world import World

KINDS = st.sampled_from(list(Kind))
MONEY = {"amount": "20.00", "currency": "CNY"}
COUNTER = {"remedy": "compensation", "amount": MONEY}
SHARES = [
    {"party": party, "share": "1", "ground": "the chain", "rule": "4.2", "name": "a node"}
    for party in ("our_station", "subcontractor", "sender", "force_majeure", "customs")
]


def path_of(
    world: World, path: str, data: st.DataObject, more: Mapping[str, list[str]] | None = None
) -> str:
    """The path of a command, with ids that the case has, or none; `more` of them first."""
    case = world.case()
    ids = {
        "case_id": [case.id],
        "task_id": [task.id for task in case.investigation.tasks],
        "request_id": [clip.id for clip in case.investigation.cctv],
        "inquiry_id": [inquiry.id for inquiry in case.investigation.inquiries],
        "finding_id": [finding.id for finding in case.answering.findings],
        "action_id": [action.id for action in case.answering.actions],
        "offer_id": [offer.id for offer in case.offers],
        "evidence_id": [upload.id for upload in case.uploads],
        "stop_id": [stop.id for stop in case.recovering.stops],
        "inspection_id": [look.id for look in case.goods.inspections],
    }
    for name, known in {**ids, **(more or {})}.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", data.draw(st.sampled_from([*known, "none"])))
    return path


def body_of(world: World, path: str, data: st.DataObject) -> Mapping[str, object]:
    """A body that the command takes: what decides is drawn, the rest is given."""
    now = world.now
    soon, later, past = ((now + timedelta(hours=hours)).isoformat() for hours in (2, 6, -4))
    case = world.case()
    findings = [finding.id for finding in case.answering.findings]

    def one(*values: object) -> Any:
        return data.draw(st.sampled_from(values))

    bodies: Mapping[str, Callable[[], Mapping[str, object]]] = {
        "assignment": lambda: {"to": "bo"},
        "kind": lambda: {"kind": data.draw(KINDS), "because": "seen"},
        "tasks": lambda: {"role": one(*TaskRole), "node": "Hangzhou"},
        "cancel": lambda: {"because": "not needed"},
        "records": lambda: {"kind": one("stock_in", "stock_out"), "node": "Hangzhou", "at": past},
        "cctv": lambda: {
            "node": "Hangzhou",
            "camera": "4",
            "from_at": past,
            "to_at": now.isoformat(),
        },
        "clip": lambda: {"sha256": "c" * 64},
        "viewings": lambda: {"shows_anomaly": True, "seen": "a bag"},
        "inquiries": lambda: {"to": "deutsche_post"},
        "acknowledgement": lambda: {"reference": "DE-1"},
        "reply": lambda: {"finding": one("no_trace", "lost"), "detail": "never here"},
        "conclusion": lambda: {
            "finding": one("lost", "damaged", "delivered", "misdelivered", "prohibited"),
            "ground": "seen",
            "rule": "4.2",
            "evidence": ["the chain"],
        },
        "cause": lambda: {"cause": one("negligence", "missort", "customs"), "because": "seen"},
        "actions": lambda: {
            "kind": one("camera", "route"),
            "owner": "hub",
            "due_on": "2026-12-01",
        },
        "force-majeure": lambda: {
            "event": one("flood", "traffic accident"),
            "proof": ["a gauge"],
            "causal_link": "the road was cut",
        },
        "liability": lambda: {"shares": [one(*SHARES)], "evidence": ["the chain"]},
        "approvals": lambda: {
            "finding_id": one(*findings, "none"),
            "approve": data.draw(st.booleans()),
        },
        "appeals": lambda: {"finding_id": one(*findings, "none"), "party": "hub", "because": "no"},
        "review": lambda: {"uphold": data.draw(st.booleans()), "because": "seen"},
        "referrals": lambda: {"matter": "a matter"},
        "stops": lambda: {"to": one("driver", "station")},
        "{stop_id}": lambda: {"is_stopped": data.draw(st.booleans())},
        "recipient": lambda: {"name": "Max"},
        "contacts": lambda: {"outcome": one("agreed", "no_answer", "refused", "denies", "opened")},
        "gift": lambda: {"gift": "a voucher", "value": MONEY},
        "pickup": lambda: {"from_at": soon, "to_at": later},
        "repacking": lambda: {"new_number": "JJD000390007827811111"},
        "redelivery": lambda: {
            "carrier": "dhl_paket",
            "number": "JJD000390007827811111",
            "expected_on": (now + timedelta(days=3)).date().isoformat(),
        },
        "delivered": lambda: {"delivered_at": now.isoformat()},
        "twins": lambda: {"case_id": "case_of_another", "because": "swapped"},
        "inspections": lambda: {"at": soon, "place": "Hamburg"},
        "{inspection_id}": lambda: {
            "answers": {
                "damage": "broken",
                "lost_share": one("0", "0.5", "1"),
                "outer_box": True,
                "filling": data.draw(st.booleans()),
                "inner_wrap": True,
            }
        },
        "weights": lambda: {"accepted_grams": 480, "delivered_grams": one(480, 200)},
        "part-loss": lambda: {"lines": ["cup"], "amount": MONEY},
        "repair": lambda: {"amount": MONEY},
        "salvage": lambda: {"amount": MONEY},
        "quarantine": lambda: {"category": one("CN03", "R01"), "node": "Hangzhou"},
        "notices": lambda: {"authority": "public security", "reference": "110-7"},
        "disposal": lambda: {"way": one("handed_over", "returned"), "receipt": "R-1"},
        "found": lambda: {"place": "Hamburg", "is_sound": data.draw(st.booleans())},
        "claw-back": lambda: {"choice": one("keep_money", "return_money")},
        "verification": lambda: one({"accept": True}, {"accept": False, "flaw": "illegible"}),
        "offers": lambda: {
            "options": [
                {"parts": [{"remedy": one("compensation", "reshipment"), "amount": MONEY}]}
            ],
            "because": "fair",
        },
        "approval": lambda: {"approve": data.draw(st.booleans()), "because": "fair"},
        "counter": lambda: {"accept": data.draw(st.booleans()), "because": "fair"},
        "assessment": lambda: {"facts": {"actual_loss": MONEY}},
        "appeal": lambda: {"uphold": data.draw(st.booleans()), "because": "seen"},
        "extras": lambda: {"remedy": "coupon", "reference": "X-1"},
        "policies": lambda: {
            "kind": "third_party",
            "insurer": "PICC",
            "number": "P-1",
            "cover": MONEY,
        },
    }
    return bodies.get(path.rsplit("/", maxsplit=1)[-1], dict)()


def claimants_body(world: World, path: str, data: st.DataObject) -> Mapping[str, object]:
    """The same for whoever holds the case's token."""
    case = world.case()
    offers = [offer.id for offer in case.offers]

    def one(*values: object) -> Any:
        return data.draw(st.sampled_from(values))

    bodies: Mapping[str, Callable[[], Mapping[str, object]]] = {
        "withdraw": lambda: {"reason": "it came"},
        "information": lambda: {"unknown": list(case.asked_for)},
        "claim": lambda: {
            "demanded": MONEY,
            "remedy": one("compensation", "reshipment"),
            "reason": "gone",
        },
        "accept": lambda: {
            "payout_method": one(
                {"rail": "alipay", "account": "2088123456789012"},
                {"rail": "wechat_pay", "openid": "o-MYE42l80oelYMDE34nYD456Xoy"},
                {"rail": "coupon"},
            )
        },
        "appeal": lambda: {"reason": "it is worth more"},
        "refuse": lambda: {"reason": "too little", "counter": one(None, COUNTER)},
        "receipt": lambda: {"offer_id": one(*offers, "none")},
    }
    return bodies[path.rsplit("/", maxsplit=1)[-1]]()


def answers_to(question: Question) -> st.SearchStrategy[object]:
    """Any answer that a question takes."""
    match question.type:
        case AnswerType.YES_NO:
            return st.booleans()
        case AnswerType.CHOICE:
            return st.sampled_from(question.choices)
        case AnswerType.COUNT:
            return st.just(480)
        case AnswerType.DECIMAL:
            return st.sampled_from(["0", "0.5", "1"])
        case AnswerType.MOMENT:
            return st.just("2026-03-01T08:00:00Z")
        case AnswerType.SHA256:
            return st.just("c" * 64)
        case AnswerType.TEXT:
            return st.just("seen")
