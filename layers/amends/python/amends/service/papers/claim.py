"""Claim papers: the form that a carrier asks for, and the letter that goes with it."""

from collections.abc import Iterable, Mapping

from amends.domain.case.case import Case
from amends.domain.money import Money
from amends.domain.people.paper import Paper, Section
from amends.domain.people.phrases import KINDS
from amends.service.papers.checklist import checklist
from amends.service.papers.dossier import Told

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "form": "Inquiry and claim concerning a postal item",
        "letter": "Claim concerning item {number}",
        "item": "Item",
        "number": "Tracking number",
        "carrier": "Carrier",
        "service": "Service",
        "shipped": "Day of posting",
        "weight": "Weight (g)",
        "postage": "Postage paid",
        "insured": "Insured value",
        "from": "From",
        "to": "To",
        "parties": "Sender, addressee, claimant",
        "who": "Who",
        "name": "Name",
        "reached": "Reached at",
        "sender": "Sender",
        "addressee": "Addressee",
        "reporter": "Claimant",
        "contents": "Contents",
        "thing": "Thing",
        "quantity": "Quantity",
        "value": "Value each",
        "incident": "Incident",
        "claimed": "Claimed is what the applicable rules provide for: {total}.",
        "claimed_open": "Claimed is what the applicable rules provide for.",
        "enclosed": "Enclosed",
        "reference": "Our reference: {case}",
        "body": "The item named above is reported as: {kind}. Please trace it, tell us in writing "
        "what became of it, and settle the claim within the time that your rules provide for.",
        "basis": "The calculation and the evidence are in the dossier, which is enclosed.",
        "signed": "Place, date and signature: ______________________________",
        "greeting": "Dear Sir or Madam,",
        "farewell": "Yours faithfully,",
    },
    "zh-CN": {
        "form": "邮件查询及赔偿申请单",
        "letter": "关于邮件 {number} 的赔偿申请",
        "item": "邮件",
        "number": "运单号",
        "carrier": "承运方",
        "service": "业务种类",
        "shipped": "交寄日期",
        "weight": "重量（克）",
        "postage": "所付邮费",
        "insured": "保价金额",
        "from": "寄自",
        "to": "寄往",
        "parties": "寄件人、收件人、申请人",
        "who": "身份",
        "name": "姓名",
        "reached": "联系方式",
        "sender": "寄件人",
        "addressee": "收件人",
        "reporter": "申请人",
        "contents": "内件",
        "thing": "名称",
        "quantity": "数量",
        "value": "单价",
        "incident": "事由",
        "claimed": "请求按适用规定赔偿：{total}。",
        "claimed_open": "请求按适用规定赔偿。",
        "enclosed": "随附材料",
        "reference": "案件编号：{case}",
        "body": "上述邮件的申报情况为：{kind}。请予查询，书面告知结果，并在规定期限内办理赔偿。",
        "basis": "赔偿核算及证据清单见所附卷宗。",
        "signed": "地点、日期及签名：______________________________",
        "greeting": "尊敬的承运方：",
        "farewell": "此致\n敬礼",
    },
}
Contact = Mapping[str, object]


def claim_form(case: Case, contact: Contact, told: Told) -> Paper:
    """The fields of an international inquiry (after UPU form CN 08), as far as they are known."""
    words = WORDS[told.language]
    parties = [
        (words[who], *_person(contact.get(who))) for who in ("sender", "addressee", "reporter")
    ]
    contents = [
        (item.name, str(item.quantity), _money(item.unit_value, told)) for item in case.report.items
    ]
    return Paper(
        title=words["form"],
        language=told.language,
        facts=_item(case, told),
        sections=(
            Section(
                heading=words["parties"],
                table=((words["who"], words["name"], words["reached"]), *parties),
            ),
            Section(
                heading=words["contents"],
                table=((words["thing"], words["quantity"], words["value"]), *contents),
            ),
            Section(
                heading=words["incident"],
                paragraphs=(KINDS[told.language][case.report.kind], _claimed(case, told)),
            ),
            Section(
                heading=words["enclosed"], paragraphs=(*_enclosed(case, told), words["signed"])
            ),
        ),
        footer=words["reference"].format(case=case.id),
        as_of=case.updated_at,
    )


def cover_letter(case: Case, told: Told) -> Paper:
    """The letter on top: what is asked, on which ground, and what is enclosed."""
    words = WORDS[told.language]
    kind = KINDS[told.language][case.report.kind]
    number = case.report.shipment.tracking_number
    return Paper(
        title=words["letter"].format(number=number),
        language=told.language,
        facts=_item(case, told),
        sections=(
            Section(
                heading=words["reference"].format(case=case.id),
                paragraphs=(
                    words["greeting"],
                    words["body"].format(kind=kind),
                    _claimed(case, told),
                    words["basis"],
                    words["farewell"],
                    words["signed"],
                ),
            ),
            Section(heading=words["enclosed"], paragraphs=_enclosed(case, told)),
        ),
        footer=words["reference"].format(case=case.id),
        as_of=case.updated_at,
    )


def _item(case: Case, told: Told) -> tuple[tuple[str, str], ...]:
    words, shipment = WORDS[told.language], case.report.shipment
    shipped = shipment.shipped_on
    place = (shipment.destination_country, shipment.destination_postal_code)
    facts = {
        "number": shipment.tracking_number,
        "carrier": shipment.carrier or "-",
        "service": shipment.service or "-",
        "shipped": told.formats.day(shipped, told.language) if shipped else "-",
        "weight": str(shipment.weight_grams or "-"),
        "postage": _money(shipment.postage, told),
        "insured": _money(shipment.insured_value, told),
        "from": shipment.origin_country or "-",
        "to": " ".join(part for part in place if part) or "-",
    }
    return tuple((words[name], value) for name, value in facts.items())


def _person(told: object) -> tuple[str, str]:
    """Name, and every way to reach them that was told."""
    if not isinstance(told, Mapping):
        return "-", "-"
    address = told.get("address")
    parts: list[object] = [told.get("phone"), told.get("email")]
    if isinstance(address, Mapping):
        lines = address.get("lines")
        parts += [*(lines if isinstance(lines, Iterable) else ()), address.get("postal_code")]
        parts += [address.get("city"), address.get("country")]
    return str(told.get("name") or "-"), ", ".join(str(part) for part in parts if part) or "-"


def _claimed(case: Case, told: Told) -> str:
    words = WORDS[told.language]
    if case.assessed is None or case.assessed.total.is_zero:
        return words["claimed_open"]
    return words["claimed"].format(total=_money(case.assessed.total, told))


def _enclosed(case: Case, told: Told) -> tuple[str, ...]:
    return tuple(
        line.document.text[told.language] if line.document else line.kind
        for line in checklist(case)
        if line.status == "received"
    ) or ("-",)


def _money(money: Money | None, told: Told) -> str:
    return told.formats.money(money, told.language) if money else "-"
