"""Mails that somebody wrote to us, and how they are read."""

from email.message import EmailMessage

from amends.domain.people.inbound import InboundMail, MailHouse, Verdict, Verdicts, parse

HOUSE = MailHouse(domain="mail.amends.example")
KEY = "msg_" + "a" * 26


def written(
    text: str = "My parcel RR123456785CN never arrived, it seems to be lost.", **headers: str
) -> EmailMessage:
    mail = EmailMessage()
    given = {"From": "Erika <Erika@Example.org>", "To": "case@mail.amends.example",
             "Subject": "Parcel", "Message-ID": "<1@example.org>"}  # fmt: skip
    for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail


def read(mail: EmailMessage, **verdicts: Verdict) -> InboundMail:
    return parse(mail.as_bytes(), HOUSE, verdicts=Verdicts(**verdicts))
