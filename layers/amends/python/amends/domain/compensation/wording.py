"""Wording: sentences that every regime shares, in both languages."""

from amends.domain.compensation.assessment import Ground

DEDUCTIONS = (
    ("salvage", "salvage", "残值"),
    ("compensation_received", "compensation already received", "已获赔偿"),
)
CHARGES = {
    "postage": ("Carriage charge", "运费（资费）"),
    "registration_fee": ("Registration fee", "挂号费"),
    "insurance_fee": ("Insurance fee", "保价费"),
    "duties": ("Duties and charges", "关税及其他费用"),
}
GROUNDS = {
    Ground.FORCE_MAJEURE: ("Force majeure frees the carrier", "因不可抗力免责"),
    Ground.SENDER_FAULT: ("The sender's own fault frees the carrier", "因寄件人过错免责"),
    Ground.NATURE_OF_GOODS: (
        "The nature of the goods frees the carrier",
        "因物品自身性质或合理损耗免责",
    ),
    Ground.PROHIBITED_CONTENTS: ("Prohibited contents are not answered for", "禁寄物品不予赔偿"),
    Ground.CUSTOMS_SEIZURE: (
        "Seizure by an authority is not answered for",
        "被海关等机关查扣，不予赔偿",
    ),
}
