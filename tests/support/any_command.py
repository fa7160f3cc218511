"""Any command: for each endpoint that changes a case, a path and a body that it takes."""

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


def path_of(world: World, path: str, data: st.DataObject) -> str:
    """The path of a command, with ids that the case has, or none."""
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
    for name, known in ids.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", data.draw(st.sampled_from([*known, "none"])))
    return path


def body_of(world: World, path: str, data: st.DataObject) -> dict[str, object]:
    """A body that the command takes: what decides is drawn, the rest is given."""
    now = world.now
    soon, later, past = ((now + timedelta(hours=hours)).isoformat() for hours in (2, 6, -4))
    case = world.case()
    findings = [finding.id for finding in case.answering.findings]

    def one(*values: object) -> Any:
        return data.draw(st.sampled_from(values))

    bodies: dict[str, dict[str, object]] = {
        "assignment": {"to": "bo"},
        "kind": {"kind": data.draw(KINDS), "because": "seen"},
        "tasks": {"role": one(*TaskRole), "node": "Hangzhou"},
        "cancel": {"because": "not needed"},
        "records": {"kind": one("stock_in", "stock_out"), "node": "Hangzhou", "at": past},
        "cctv": {"node": "Hangzhou", "camera": "4", "from_at": past, "to_at": now.isoformat()},
        "clip": {"sha256": "c" * 64},
        "viewings": {"shows_anomaly": True, "seen": "a bag"},
        "inquiries": {"to": "deutsche_post"},
        "acknowledgement": {"reference": "DE-1"},
        "reply": {"finding": one("no_trace", "lost"), "detail": "never here"},
        "conclusion": {
            "finding": one("lost", "damaged", "delivered", "misdelivered", "prohibited"),
            "ground": "seen",
            "rule": "4.2",
            "evidence": ["the chain"],
        },
        "cause": {"cause": one("negligence", "missort", "customs"), "because": "seen"},
        "actions": {
            "kind": one("camera", "route"),
            "owner": "hub",
            "due_on": "2026-12-01",
        },
        "force-majeure": {
            "event": one("flood", "traffic accident"),
            "proof": ["a gauge"],
            "causal_link": "the road was cut",
        },
        "liability": {"shares": [one(*SHARES)], "evidence": ["the chain"]},
        "approvals": {
            "finding_id": one(*findings, "none"),
            "approve": data.draw(st.booleans()),
        },
        "appeals": {"finding_id": one(*findings, "none"), "party": "hub", "because": "no"},
        "review": {"uphold": data.draw(st.booleans()), "because": "seen"},
        "referrals": {"matter": "a matter"},
        "stops": {"to": one("driver", "station")},
        "{stop_id}": {"is_stopped": data.draw(st.booleans())},
        "recipient": {"name": "Max"},
        "contacts": {"outcome": one("agreed", "no_answer", "refused", "denies", "opened")},
        "gift": {"gift": "a voucher", "value": MONEY},
        "pickup": {"from_at": soon, "to_at": later},
        "repacking": {"new_number": "JJD000390007827811111"},
        "redelivery": {
            "carrier": "dhl_paket",
            "number": "JJD000390007827811111",
            "expected_on": (now + timedelta(days=3)).date().isoformat(),
        },
        "delivered": {"delivered_at": now.isoformat()},
        "twins": {"case_id": "case_of_another", "because": "swapped"},
        "inspections": {"at": soon, "place": "Hamburg"},
        "{inspection_id}": {
            "answers": {
                "damage": "broken",
                "lost_share": one("0", "0.5", "1"),
                "outer_box": True,
                "filling": data.draw(st.booleans()),
                "inner_wrap": True,
            }
        },
        "weights": {"accepted_grams": 480, "delivered_grams": one(480, 200)},
        "part-loss": {"lines": ["cup"], "amount": MONEY},
        "repair": {"amount": MONEY},
        "salvage": {"amount": MONEY},
        "quarantine": {"category": one("CN03", "R01"), "node": "Hangzhou"},
        "notices": {"authority": "public security", "reference": "110-7"},
        "disposal": {"way": one("handed_over", "returned"), "receipt": "R-1"},
        "found": {"place": "Hamburg", "is_sound": data.draw(st.booleans())},
        "claw-back": {"choice": one("keep_money", "return_money")},
        "verification": one({"accept": True}, {"accept": False, "flaw": "illegible"}),
        "offers": {
            "options": [
                {"parts": [{"remedy": one("compensation", "reshipment"), "amount": MONEY}]}
            ],
            "because": "fair",
        },
        "approval": {"approve": data.draw(st.booleans()), "because": "fair"},
        "counter": {"accept": data.draw(st.booleans()), "because": "fair"},
        "assessment": {"facts": {"actual_loss": MONEY}},
        "appeal": {"uphold": data.draw(st.booleans()), "because": "seen"},
        "extras": {"remedy": "coupon", "reference": "X-1"},
        "policies": {"kind": "third_party", "insurer": "PICC", "number": "P-1", "cover": MONEY},
    }
    return bodies.get(path.rsplit("/", maxsplit=1)[-1], {})


def claimants_body(world: World, path: str, data: st.DataObject) -> dict[str, object]:
    """The same for whoever holds the case's token."""
    case = world.case()
    offers = [offer.id for offer in case.offers]

    def one(*values: object) -> Any:
        return data.draw(st.sampled_from(values))

    bodies: dict[str, dict[str, object]] = {
        "withdraw": {"reason": "it came"},
        "information": {"unknown": list(case.asked_for)},
        "claim": {"demanded": MONEY, "remedy": one("compensation", "reshipment"), "reason": "gone"},
        "accept": {"payout_method": {"rail": "alipay", "account": "2088123456789012"}},
        "appeal": {"reason": "it is worth more"},
        "refuse": {"reason": "too little", "counter": one(None, COUNTER)},
        "receipt": {"offer_id": one(*offers, "none")},
    }
    return bodies[path.rsplit("/", maxsplit=1)[-1]]


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
