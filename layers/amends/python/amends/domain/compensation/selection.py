"""Selection: which regime the facts call for, first line that fits, with the reason."""

from dataclasses import dataclass

from amends.domain.compensation.conventions import CMR_STATES
from amends.domain.compensation.facts import Facts, ItemKind, Mode
from amends.domain.compensation.rules import Text
from amends.domain.refusal import FieldError, Invalid

POSTS = frozenset(
    "china_post usps royal_mail dhl_paket deutsche_post japan_post india_post canada_post".split()
)
_LETTERS = frozenset(
    (
        ItemKind.ORDINARY_MAIL,
        ItemKind.REGISTERED_LETTER,
        ItemKind.REGISTERED_SMALL_PACKET,
        ItemKind.INSURED_LETTER,
        ItemKind.REGISTERED_M_BAG,
    )
)
# Postal Law 15: universal service, grams a piece.
_UNIVERSAL = {
    ItemKind.PRINTED_MATTER: 5_000,
    ItemKind.PARCEL: 10_000,
    ItemKind.INSURED_PARCEL: 10_000,
}
_AT_HOME = {
    ("usps", "US"): "usps.dom",
    ("ups", "US"): "ups.us",
    ("royal_mail", "GB"): "royal_mail",
    ("dhl_paket", "DE"): "dp_dhl.de",
    ("deutsche_post", "DE"): "dp_dhl.de",
    ("india_post", "IN"): "india_post",
    ("canada_post", "CA"): "canada_post",
}
_TERMS = {"sf": "cn.sf.domestic", "jd": "cn.jd", "zto": "cn.zto"}
_EMS_ABROAD = {
    "japan_post": "japan_post.intl",
    "usps": "usps.intl",
    "india_post": "india_post",
}
_TREATY_MAIL = {
    ItemKind.REGISTERED_LETTER: "upu.registered",
    ItemKind.REGISTERED_SMALL_PACKET: "upu.registered",
    ItemKind.ORDINARY_MAIL: "upu.registered",
    ItemKind.PRINTED_MATTER: "upu.registered",
    ItemKind.PARCEL: "upu.parcel",
    ItemKind.INSURED_LETTER: "upu.insured",
    ItemKind.INSURED_PARCEL: "upu.insured",
    ItemKind.REGISTERED_M_BAG: "upu.mbag",
}


class NoRegime(Invalid):
    """No rules on file fit: name a regime, or add the contract as a tariff."""

    code = "no_regime"
    status = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """A regime's code (None: facts are missing), and why."""

    code: str | None
    why: Text
    missing: tuple[str, ...] = ()


def choose(facts: Facts) -> Choice:
    """The regime by the table of precedence; refuses facts that no rules on file fit."""
    if facts.regime is not None:
        return Choice(
            facts.regime, Text("The regime named is applied alone.", "仅适用所指定的规则。")
        )
    names = ("carrier", "item_kind", "origin_country", "destination_country")
    absent = tuple(name for name in names if getattr(facts, name) is None)
    if absent:
        return Choice(
            None, Text("These facts decide which rules apply.", "适用规则取决于这些事实。"), absent
        )
    found = _in_china(facts) if facts.is_domestic and facts.origin_country == "CN" else None
    if found is None:
        found = _at_home(facts) if facts.is_domestic else _abroad(facts)
    if found is None:
        message = "no rules on file fit these facts: name a regime or add a tariff"
        error = FieldError(field="regime", code="no_rules", message=message)
        raise NoRegime(message, errors=[error])
    return found


def _chosen(code: str, en: str, zh: str) -> Choice:
    return Choice(code, Text(f"{en}: {code}.", f"{zh}：{code}。"))


def _in_china(facts: Facts) -> Choice:
    kind, carrier, weight = facts.item_kind, facts.carrier, facts.gross_weight_grams
    if carrier == "china_post":
        if kind in _LETTERS:
            return _chosen("cn.postal_law", "Letters by the designated post", "邮政普遍服务信件")
        most = None if kind is None else _UNIVERSAL.get(kind)
        if most is not None and weight is not None and weight > most:
            return _chosen(
                "civil_code.833",
                f"Above {most} g: outside universal service (Postal Law 15, 45)",
                f"超过 {most} 克：不属普遍服务（邮政法第15、45条）",
            )
        if most is not None:
            choice = _chosen("cn.postal_law", "Universal service by the post", "邮政普遍服务")
            missing = ("gross_weight_grams",) if weight is None else ()
            return Choice(choice.code, choice.why, missing)
    if facts.terms_prompted is False:
        return _chosen(
            "civil_code.833",
            "The limiting clause was not brought to the sender's attention (Civil Code 496)",
            "限责条款未提示说明（民法典第496条）",
        )
    if carrier in _TERMS:
        return _chosen(_TERMS[carrier], "The courier's own terms", "快递企业服务合同")
    if kind is ItemKind.CARGO:
        return _chosen("civil_code.833", "Carriage of goods within China", "境内货物运输")
    return _chosen("cn.express", "A courier without terms on file", "无合同条款备案的快递企业")


def _at_home(facts: Facts) -> Choice | None:
    own = _AT_HOME.get((facts.carrier or "", facts.origin_country or ""))
    if own is None and facts.carrier in ("fedex", "dhl_express"):
        own = facts.carrier
    if own is None:
        return None
    return _chosen(own, "The carrier's rules in its own country", "承运人本国规则")


def _abroad(facts: Facts) -> Choice | None:
    carrier, kind = facts.carrier or "", facts.item_kind
    if carrier == "sf":
        if facts.mode is Mode.AIR and facts.convention_applies is None:
            why = Text("Whether a convention applies decides.", "取决于公约是否适用。")
            return Choice(None, why, ("convention_applies",))
        if facts.mode is Mode.AIR and facts.convention_applies:
            return _chosen("montreal", "By air under the Convention", "适用公约的航空运输")
        return _chosen("cn.sf.intl", "SF across a border, no convention", "顺丰国际件，不适用公约")
    if carrier in ("dhl_express", "fedex"):
        return _chosen(carrier, "The carrier's own conditions", "承运人自身条款")
    if kind is ItemKind.EMS:
        code = _EMS_ABROAD.get(carrier, "ems.intl")
        return _chosen(code, "EMS across a border", "国际特快专递")
    if carrier == "ups" and facts.origin_country == "US":
        return _chosen("ups.us", "UPS from the United States", "UPS美国出口件")
    if kind in (ItemKind.CARGO, ItemKind.EXPRESS):
        return _under_a_convention(facts)
    if (carrier in POSTS or facts.mode is Mode.POST) and kind is not None:
        code = _TREATY_MAIL[kind]
        if code == "upu.parcel" and facts.insured_value is not None:
            code = "upu.insured"
        return _chosen(code, "Mail across a border", "国际邮件")
    return _under_a_convention(facts)


def _under_a_convention(facts: Facts) -> Choice | None:
    if facts.mode is None:
        return Choice(None, Text("The mode of carriage decides.", "取决于运输方式。"), ("mode",))
    cargo = facts.item_kind is ItemKind.CARGO
    if facts.mode is Mode.AIR and (cargo or facts.convention_applies):
        return _chosen("montreal", "Across a border by air", "国际航空运输")
    ends = {facts.origin_country, facts.destination_country}
    if facts.mode is Mode.ROAD and ends & CMR_STATES:
        return _chosen("cmr", "Across a border by road, a CMR state at one end", "国际公路运输")
    return None
