"""What is asked of a claimant, in words: a field's path is for machines and shown to nobody."""

import re
from collections.abc import Iterator, Mapping

from amends.catalog import codes, plugin
from amends.domain.case.talking.information import FIELDS

Said = Mapping[str, str]
_DETAIL, _EVIDENCE = "incident.details.", "evidence."
_MACHINES = re.compile(r"[a-z0-9_]+([.#][A-Za-z0-9_]+)*")


def _says(en: str, zh: str) -> Said:
    return {"en": en, "zh-CN": zh}


ASKED: Mapping[str, Said] = {
    "shipment.tracking_number": _says(
        "The tracking number, as the receipt shows it", "运单号（以收寄凭证为准）"
    ),
    "shipment.carrier": _says("Which carrier the parcel was given to", "交寄的承运企业"),
    "shipment.service": _says("Which service was paid for", "所用业务种类"),
    "shipment.shipped_on": _says("The day of posting", "交寄日期"),
    "shipment.expected_on": _says("The day on which it should have arrived", "承诺送达日期"),
    "shipment.origin.country": _says("The country that it was sent from", "寄出国家或地区"),
    "shipment.destination.country": _says("The country that it was sent to", "寄往国家或地区"),
    "shipment.destination.postal_code": _says("The addressee's postal code", "收件地邮政编码"),
    "shipment.weight_grams": _says("The parcel's weight in grams", "包裹重量（克）"),
    "shipment.postage": _says("The postage paid", "所付邮费"),
    "shipment.registration_fee": _says("The fee paid for registration", "所付挂号费"),
    "shipment.insurance_fee": _says("The fee paid for insurance", "所付保价费"),
    "shipment.insured_value": _says("For how much it was insured", "保价金额"),
    "items": _says(
        "What was in the parcel, how many, and what each is worth", "内件名称、数量及单价"
    ),
    "sender": _says("The sender's name and how to reach them", "寄件人姓名及联系方式"),
    "addressee": _says("The addressee's name and how to reach them", "收件人姓名及联系方式"),
    "incident.kind": _says(
        "What happened: lost, damaged, late, or something else", "问题类型：丢失、破损、延误或其他"
    ),
    "incident.narrative": _says("What happened, in your own words", "事情经过"),
    "incident.noticed_at": _says("When it was noticed", "发现时间"),
    "incident.inquired_on": _says(
        "The day on which the carrier was first asked", "首次向承运方查询的日期"
    ),
    "evidence.photos": _says(
        "Photos of the parcel, its packing and the contents", "包裹、包装及内件的照片"
    ),
    "evidence.attachments_again": _says(
        "Your files once more: they could not be taken in", "请重新发送附件：原附件未能接收"
    ),
    "customs.papers": _says(
        "For customs: a commercial invoice or a customs declaration", "海关所需的商业发票或报关单"
    ),
    "value_proven": _says("Proof of the value", "价值证明"),
    "actual_value": _says("What the contents are worth", "内件价值"),
    "actual_loss": _says("What the loss amounts to", "损失金额"),
}
"""By the report's own paths, and by facts of an assessment that have no path of their own."""
_MORE = _says("One more detail: the page of your case says which", "另需一项资料，详见案件页面")


def asked(item: str, kind: str, language: str) -> str:
    """One thing that is asked, as its reader would put it; what staff wrote stays as it is."""
    known = ASKED.get(item) or ASKED.get(FIELDS.get(item, item)) or _of_kind(item, kind)
    if known is not None:
        return known[language]
    return _MORE[language] if _MACHINES.fullmatch(item) else item


def _of_kind(item: str, kind: str) -> Said | None:
    """A question or a paper of the kind's own; a case that changed its kind is asked by either."""
    for one in dict.fromkeys((kind, *codes("incidents"))):
        if found := next((said for name, said in _wordings(one) if name == item), None):
            return found
    return None


def _wordings(kind: str) -> Iterator[tuple[str, Said]]:
    incident = plugin("incidents", kind)
    for question in incident.DETAILS:
        yield f"{_DETAIL}{question.code}", question.text
    for document in incident.DOCUMENTS:
        yield f"{_EVIDENCE}{document.code}", document.text
        yield document.code, document.text
