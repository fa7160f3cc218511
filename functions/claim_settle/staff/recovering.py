"""Staff commands of recovery, goods and quarantine."""

from amends.catalog.prohibited import category
from amends.catalog.questions import questions
from amends.domain.case.goods import found, inspecting, quarantine, recovery
from amends.domain.case.permissions import Action
from amends.domain.case.state.goods import Disposal
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.recovery import ClawBack, Contacted
from amends.service.hours import business_calendar
from amends.service.investigation.investigating import asks
from claim_settle.staff_desk import CASE, Asked, Command, Decide

TOLERANCE_GRAMS = 20


def _stop(a: Asked) -> Decide:
    to = a.body.text("to")
    return lambda case: recovery.request_stop(
        case, to, calendar=business_calendar(), occasion=a.occasion
    )


def _stopped(a: Asked) -> Decide:
    stopped = a.body.yes("is_stopped")
    return lambda case: recovery.acknowledge_stop(case, a.param("stop_id"), is_stopped=stopped)


def _recipient(a: Asked) -> Decide:
    """Name, phone and address go to the contacts for one purpose; the history names the part."""
    name, phone = a.body.text("name"), a.body.maybe("phone")
    address = a.body.maybe("address")
    a.body.done()
    document = {"name": name, "phone": phone, "address": address, "purpose": "return"}
    a.desk.contacts().put(a.param("case_id"), "wrong_recipient", document)
    return lambda case: recovery.identify_recipient(
        case, part="wrong_recipient", occasion=a.occasion
    )


def _contact(a: Asked) -> Decide:
    outcome = a.body.choice("outcome", Contacted)
    return lambda case: recovery.contact_recipient(case, outcome, a.occasion)


def _gift(a: Asked) -> Decide:
    gift, value = a.body.text("gift"), a.body.money("value")
    return lambda case: recovery.promise_gift(case, gift, value)


def _pickup(a: Asked) -> Decide:
    from_at, to_at = a.body.moment("from_at"), a.body.moment("to_at")
    return lambda case: recovery.arrange_pickup(
        case, asks, from_at=from_at, to_at=to_at, occasion=a.occasion
    )


def _repack(a: Asked) -> Decide:
    number = a.body.text("new_number")
    return lambda case: recovery.repack(case, number)


def _redeliver(a: Asked) -> Decide:
    body = a.body
    carrier, number = body.text("carrier"), body.text("number")
    expected_on = body.day("expected_on")
    return lambda case: recovery.redeliver(
        case, carrier=carrier, number=number, expected_on=expected_on, occasion=a.occasion
    )


def _delivered(a: Asked) -> Decide:
    at = a.body.moment("delivered_at")
    return lambda case: recovery.complete_redelivery(case, at, source=a.by)


def _twin(a: Asked) -> Decide:
    other, because = a.body.text("case_id"), a.body.text("because")
    return lambda case: recovery.link_twin(case, other, because)


def _book(a: Asked) -> Decide:
    at, place = a.body.moment("at"), a.body.text("place")
    return lambda case: inspecting.book_inspection(case, at, place, a.occasion)


def _inspected(a: Asked) -> Decide:
    facts = a.body.answers("answers", questions(TaskRole.INSPECTOR))
    return lambda case: inspecting.record_inspection(case, a.param("inspection_id"), facts)


def _weights(a: Asked) -> Decide:
    body = a.body
    accepted, delivered = body.whole("accepted_grams"), body.whole("delivered_grams")
    tolerance = body.whole("tolerance_grams", TOLERANCE_GRAMS)
    seal = body.yes("seal_intact", default=False) if "seal_intact" in body.raw else None
    return lambda case: inspecting.compare_weights(
        case,
        accepted_grams=accepted,
        delivered_grams=delivered,
        tolerance_grams=tolerance,
        seal_intact=seal,
    )


def _part_loss(a: Asked) -> Decide:
    lines, amount = a.body.texts("lines"), a.body.money("amount")
    return lambda case: inspecting.find_part_loss(case, lines, amount)


def _repair(a: Asked) -> Decide:
    amount, evidence = a.body.money("amount"), a.body.maybe("evidence_id")
    return lambda case: inspecting.quote_repair(case, amount, evidence)


def _salvage(a: Asked) -> Decide:
    amount = a.body.money("amount")
    return lambda case: inspecting.value_salvage(case, amount)


def _quarantine(a: Asked) -> Decide:
    code, node = a.body.text("category"), a.body.text("node")
    a.body.done()
    known = category(code)
    return lambda case: quarantine.quarantine(
        case,
        category=known.id,
        node=node,
        steps=known.actions,
        authorities=known.authorities,
        occasion=a.occasion,
    )


def _notice(a: Asked) -> Decide:
    authority, reference = a.body.text("authority"), a.body.text("reference")
    return lambda case: quarantine.notify_authority(case, authority, reference)


def _sender_told(_: Asked) -> Decide:
    return quarantine.tell_sender


def _dispose(a: Asked) -> Decide:
    way, receipt = a.body.choice("way", Disposal), a.body.text("receipt")
    return lambda case: quarantine.dispose(
        case,
        way,
        receipt=receipt,
        may_return=category(quarantine.held(case).category).is_lawful_to_hold,
    )


def _found(a: Asked) -> Decide:
    place, sound = a.body.text("place"), a.body.yes("is_sound")
    return lambda case: found.found_again(case, place, is_sound=sound, occasion=a.occasion)


def _claw_back(a: Asked) -> Decide:
    choice = a.body.choice("choice", ClawBack)
    amount = a.body.money("amount") if a.body.raw.get("amount") is not None else None
    return lambda case: found.choose_claw_back(case, choice, amount)


_R, _I, _Q = Action.RECOVER, Action.INSPECT, Action.QUARANTINE
COMMANDS = (
    Command(path=f"{CASE}/recovery/stops", action=_R, prepare=_stop),
    Command(path=f"{CASE}/recovery/stops/{{stop_id}}", action=_R, prepare=_stopped),
    Command(path=f"{CASE}/recovery/recipient", action=_R, prepare=_recipient),
    Command(path=f"{CASE}/recovery/contacts", action=_R, prepare=_contact),
    Command(path=f"{CASE}/recovery/gift", action=_R, prepare=_gift),
    Command(path=f"{CASE}/recovery/pickup", action=_R, prepare=_pickup),
    Command(path=f"{CASE}/recovery/repacking", action=_R, prepare=_repack),
    Command(path=f"{CASE}/recovery/redelivery", action=_R, prepare=_redeliver),
    Command(path=f"{CASE}/recovery/delivered", action=_R, prepare=_delivered),
    Command(path=f"{CASE}/twins", action=_R, prepare=_twin),
    Command(path=f"{CASE}/inspections", action=_I, prepare=_book),
    Command(path=f"{CASE}/inspections/{{inspection_id}}", action=_I, prepare=_inspected),
    Command(path=f"{CASE}/weights", action=_I, prepare=_weights),
    Command(path=f"{CASE}/part-loss", action=_I, prepare=_part_loss),
    Command(path=f"{CASE}/repair", action=_I, prepare=_repair),
    Command(path=f"{CASE}/salvage", action=_I, prepare=_salvage),
    Command(path=f"{CASE}/quarantine", action=_Q, prepare=_quarantine),
    Command(path=f"{CASE}/quarantine/notices", action=_Q, prepare=_notice),
    Command(path=f"{CASE}/quarantine/sender-told", action=_Q, prepare=_sender_told),
    Command(path=f"{CASE}/quarantine/disposal", action=_Q, prepare=_dispose),
    Command(path=f"{CASE}/found", action=Action.REPORT_FOUND, prepare=_found),
    Command(path=f"{CASE}/claw-back", action=Action.CLAW_BACK, prepare=_claw_back, needs_key=True),
)
