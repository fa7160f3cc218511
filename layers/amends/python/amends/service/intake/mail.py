"""Mail in: a report opens a case or its draft, an answer joins its case, the rest is let be."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from amends.domain.case.case import Case
from amends.domain.case.evidence import Announced
from amends.domain.case.file_type import SEEN, type_of
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.parcel.number import normalise
from amends.domain.people.inbound import InboundMail, MailHouse, Verdict, parse
from amends.domain.people.mail_parts import Attachment
from amends.domain.people.mail_report import Bounced, Draft, Ignore, Join, decide, draft_of
from amends.domain.people.mail_verdicts import verdicts_of
from amends.domain.refusal import NotFound, Refusal
from amends.ports import CaseStore, Contacts, Evidence
from amends.service.intake.evidence import announce, arriving_key
from amends.service.intake.information import inform
from amends.service.intake.joining import join_or_open, known_by
from amends.service.intake.mail_meaning import answers_of, contact_of, is_another, report_of
from amends.service.intake.reporting import Reported
from amends.service.intake.reporting import report as open_case

ATTACHED = "correspondence"


def _nobody(*_: object) -> None:
    """Where no carrier is known, none answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailroom:
    """What mail needs of the outside."""

    cases: CaseStore
    contacts: Contacts
    files: Evidence
    watch: Callable[[Case], None]
    token_key: bytes
    house: MailHouse
    case_of: Callable[[str], str]
    """The case that a reply address's token names; refuses one that we never wrote."""
    post: Callable[[str, str, Mapping[str, object], tuple[str, ...]], None]
    """Put words into a case's thread: case, id of the message, what it says, its evidence."""
    bounced: Callable[[str, bytes], None]
    """A message of ours, by its key, came back; and the mail that says so."""
    carriers: Mapping[str, str] = field(default_factory=dict)
    """Where each carrier takes inquiries, and so writes from."""
    heard: Callable[[str, str, Mapping[str, object], tuple[str, ...], str], None] = _nobody
    """A carrier answers an inquiry: like `post`, and which inquiry; claimants never see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a mail: `opened`, `joined`, `bounced` or `ignored`, and where or why."""

    became: str
    case_id: str | None = None
    because: str | None = None


def receive(raw: bytes, room: Mailroom, occasion: Occasion) -> Received:
    """Take one mail in; the same mail again changes nothing."""
    mail = parse(raw, room.house, verdicts=verdicts_of(raw))
    match decide(mail):
        case Ignore(because=because):
            return Received(became="ignored", because=because)
        case Bounced(keys=keys):
            for key in keys:
                room.bounced(key, raw)
            return Received(became="bounced")
        case Join(token=token, is_suspect=is_suspect):
            try:
                case = room.cases.load(room.case_of(token))
            except NotFound:
                return _new(mail, draft_of(mail), room, occasion, may_join=False)
            return _join(case, mail, room, occasion, is_suspect=is_suspect)
        case Draft() as draft:
            may_join = mail.verdicts.sender is Verdict.PASS and not is_another(mail)
            return _new(mail, draft, room, occasion, may_join=may_join)


def id_of(mail: InboundMail) -> str:
    """The same mail has the same id, however often and by whichever way it is delivered."""
    content = sha256(mail.text.encode())
    for attachment in mail.attachments:
        content.update(sha256(attachment.content).digest())
    return derived("msg", mail.sender, mail.message_id, content.hexdigest())


def _new(
    mail: InboundMail, draft: Draft, room: Mailroom, occasion: Occasion, *, may_join: bool
) -> Received:
    """A case of its own, unless its sender told us of this parcel before, or others of all this."""
    origin = f"mail\x1f{id_of(mail)}"
    own = derived("case", origin)
    for number in draft.tracking_numbers:
        for case_id in known_by(room.cases, normalise(number)):
            if case_id != own and mail.sender == _reporter(case_id, room):
                is_suspect = mail.verdicts.sender is not Verdict.PASS
                case = room.cases.load(case_id)
                return _join(case, mail, room, occasion, is_suspect=is_suspect)
    told = report_of(mail, draft)
    contact = contact_of(mail, draft, told.role)

    def opens(incident: str | None, instead_of: str | None) -> Reported:
        return open_case(
            told,
            contact,
            store=room.cases,
            contacts=room.contacts,
            watch=room.watch,
            token_key=room.token_key,
            origin=origin,
            merchant=None,
            occasion=occasion,
            asks=draft.missing,
            incident=incident,
            instead_of=instead_of,
        )

    reported: Case | Reported
    if may_join and told.shipment.is_numbered and draft.kind is not None:
        # the case of somebody else is kept apart from its claimant's thread
        files = [attachment.name for attachment in mail.attachments]
        reported = join_or_open(
            told,
            {**contact, "not_taken": files},
            opens,
            cases=room.cases,
            contacts=room.contacts,
            origin=origin,
            occasion=occasion,
            needs_day=False,
        )
    else:
        reported = opens(None, None)
    if isinstance(reported, Case):
        return Received(became="joined", case_id=reported.id, because="the incident is known")
    attached, held = _attach(reported.case, mail.attachments, room, occasion)
    if attached or held:
        _post(reported.case, mail, room, attached, held)
    return Received(became="opened", case_id=reported.case.id)


def _join(
    case: Case, mail: InboundMail, room: Mailroom, occasion: Occasion, *, is_suspect: bool
) -> Received:
    """Into the thread; files of a mail that nobody vouches for are kept shut until staff look."""
    wanted = () if is_suspect else mail.attachments
    attached, held = _attach(case, wanted, room, occasion)
    if is_suspect:
        held = tuple(each.name for each in mail.attachments)
    elif (asked := _asked(case, mail, room)) is not None:
        room.heard(case.id, id_of(mail), _words(mail, held), attached, asked)
        return Received(became="joined", case_id=case.id, because="a carrier answers")
    _post(case, mail, room, attached, held, is_suspect=is_suspect)
    if not is_suspect and not mail.is_auto_reply:
        _answer(case.id, mail, room, occasion)
    return Received(became="joined", case_id=case.id)


def _answer(case_id: str, mail: InboundMail, room: Mailroom, occasion: Occasion) -> None:
    """Where the words hold all that was asked, the case goes on; else staff read them.

    Where nothing is asked, it is refused; where this mail has answered, it is found again.
    """
    case = room.cases.load(case_id)
    with suppress(Refusal):
        inform(
            case,
            answers_of(mail, case),
            {"mail": id_of(mail)},  # its words stand in the thread
            store=room.cases,
            contacts=room.contacts,
            watch=room.watch,
            origin=id_of(mail),
            occasion=occasion,
        )


def _attach(
    case: Case, attachments: tuple[Attachment, ...], room: Mailroom, occasion: Occasion
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of what became evidence, and names of what could not; looked at like any upload."""
    attached, held = [], []
    for attachment in attachments:
        announced = Announced(
            kind=ATTACHED,
            content_type=type_of(attachment.content[:SEEN]) or attachment.content_type,
            size=len(attachment.content),
            sha256=sha256(attachment.content).hexdigest(),
        )
        try:
            _, upload = announce(room.cases, case.id, announced, occasion)
        except Refusal:
            held.append(attachment.name)
            continue
        attached.append(upload.id)
        key = arriving_key(case.id, upload.id)
        room.files.put(key, attachment.content, content_type=announced.content_type)
    return tuple(attached), tuple(held)


def _post(
    case: Case,
    mail: InboundMail,
    room: Mailroom,
    attached: tuple[str, ...],
    held: tuple[str, ...],
    *,
    is_suspect: bool = False,
) -> None:
    room.post(case.id, id_of(mail), {**_words(mail, held), "is_suspect": is_suspect}, attached)


def _words(mail: InboundMail, held: tuple[str, ...]) -> dict[str, object]:
    return {
        "subject": mail.subject,
        "text": mail.text,
        "from": mail.sender,
        "is_automatic": mail.is_auto_reply,
        "is_suspect": False,
        "not_taken": list(held),
        "is_whole": mail.is_whole,
    }


def _asked(case: Case, mail: InboundMail, room: Mailroom) -> str | None:
    """The inquiry that this mail's sender was sent in this case; None for everybody else."""
    writers = {code for code, address in room.carriers.items() if address.lower() == mail.sender}
    return next((one.id for one in case.investigation.inquiries if one.to in writers), None)


def _reporter(case_id: str, room: Mailroom) -> str | None:
    """The reporter's address, as a mail's sender is written."""
    person = (room.contacts.get(case_id, "report") or {}).get("reporter")
    address = person.get("email") if isinstance(person, Mapping) else None
    return address.lower() if isinstance(address, str) else None
