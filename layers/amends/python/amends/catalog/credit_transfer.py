"""Credit transfer: one payout as a pain.001.001.09, in the classes that its schema defines.

The library is imported at the first file: only the function that pays by bank loads it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from amends.catalog.facets import breaches
from amends.domain.money import Money
from amends.domain.payment.payee import Payee, PayeeScheme
from amends.domain.refusal import Invalid

if TYPE_CHECKING:
    from pyiso20022.pain import pain_001_001_09 as pain
    from xsdata.formats.dataclass.serializers import XmlSerializer

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_NAME = LONGEST_TEXT = 140


class Unwritable(Invalid):
    """What was to be written breaks the schema: the sentence names fields and no values."""

    code = "iso20022_unwritable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One credit transfer in a file of its own; `key` becomes each of its identifiers."""

    key: str
    created_at: datetime
    execute_on: date
    amount: Money
    debtor_name: str
    debtor_account: str
    debtor_bank: str
    payee: Payee
    text: str


def pain_001(order: Order) -> bytes:
    """The file: the same order gives the same bytes, for ever; raises `Unwritable`."""
    from pyiso20022.pain import pain_001_001_09 as pain
    from xsdata.exceptions import SerializerError
    from xsdata.models.datatype import XmlDateTime

    document = pain.Document(
        cstmr_cdt_trf_initn=pain.CustomerCreditTransferInitiationV09(
            grp_hdr=pain.GroupHeader85(
                msg_id=order.key,
                cre_dt_tm=XmlDateTime.from_string(f"{order.created_at:%Y-%m-%dT%H:%M:%S}Z"),
                nb_of_txs="1",
                ctrl_sum=order.amount.amount,
                initg_pty=_party(order.debtor_name),
            ),
            pmt_inf=[_instruction(order)],
        )
    )
    if wrong := sorted(breaches(document)):
        raise Unwritable(f"the order breaks the schema at {', '.join(wrong)}")
    try:
        return _serializer().render(document, ns_map={None: NAMESPACE}).encode()
    except SerializerError as error:
        raise Unwritable("the order cannot be written") from error


@cache
def _serializer() -> "XmlSerializer":
    from xsdata.formats.dataclass.serializers import XmlSerializer

    return XmlSerializer()


def _instruction(order: Order) -> "pain.PaymentInstruction30":
    from pyiso20022.pain import pain_001_001_09 as pain
    from xsdata.models.datatype import XmlDate

    bearer = pain.ChargeBearerType1Code
    return pain.PaymentInstruction30(
        pmt_inf_id=order.key,
        pmt_mtd=pain.PaymentMethod3Code.TRF,
        nb_of_txs="1",
        ctrl_sum=order.amount.amount,
        reqd_exctn_dt=pain.DateAndDateTime2Choice(dt=XmlDate.from_date(order.execute_on)),
        dbtr=_party(order.debtor_name),
        dbtr_acct=_account(order.debtor_account),
        dbtr_agt=_bank(bicfi=order.debtor_bank),
        chrg_br=bearer.SLEV if order.amount.currency == "EUR" else bearer.SHAR,
        cdt_trf_tx_inf=[_transfer(order)],
    )


def _transfer(order: Order) -> "pain.CreditTransferTransaction34":
    from pyiso20022.pain import pain_001_001_09 as pain

    amount = pain.ActiveOrHistoricCurrencyAndAmount(
        value=order.amount.amount, ccy=order.amount.currency
    )
    return pain.CreditTransferTransaction34(
        pmt_id=pain.PaymentIdentification6(instr_id=order.key, end_to_end_id=order.key),
        amt=pain.AmountType4Choice(instd_amt=amount),
        cdtr_agt=_bank_of(order.payee),
        cdtr=_party(order.payee.name),
        cdtr_acct=_account(order.payee.account),
        rmt_inf=pain.RemittanceInformation16(ustrd=[order.text[:LONGEST_TEXT]]),
    )


def _party(name: str) -> "pain.PartyIdentification135":
    from pyiso20022.pain import pain_001_001_09 as pain

    return pain.PartyIdentification135(nm=name[:LONGEST_NAME])


def _account(number: str) -> "pain.CashAccount38":
    from pyiso20022.pain import pain_001_001_09 as pain

    if number[:2].isalpha():
        return pain.CashAccount38(id=pain.AccountIdentification4Choice(iban=number))
    other = pain.GenericAccountIdentification1(id=number)
    return pain.CashAccount38(id=pain.AccountIdentification4Choice(othr=other))


def _bank_of(payee: Payee) -> "pain.BranchAndFinancialInstitutionIdentification6 | None":
    """Where the payee's account is: by CNAPS number, by BIC, or told by the IBAN alone."""
    from pyiso20022.pain import pain_001_001_09 as pain

    if payee.scheme is PayeeScheme.CN_ACCOUNT:
        return _bank(
            clr_sys_mmb_id=pain.ClearingSystemMemberIdentification2(
                clr_sys_id=pain.ClearingSystemIdentification2Choice(cd="CNAPS"),
                mmb_id=payee.bank_code,
            )
        )
    return _bank(bicfi=payee.bank_code) if payee.bank_code else None


def _bank(
    *,
    bicfi: str | None = None,
    clr_sys_mmb_id: "pain.ClearingSystemMemberIdentification2 | None" = None,
) -> "pain.BranchAndFinancialInstitutionIdentification6":
    from pyiso20022.pain import pain_001_001_09 as pain

    return pain.BranchAndFinancialInstitutionIdentification6(
        fin_instn_id=pain.FinancialInstitutionIdentification18(
            bicfi=bicfi, clr_sys_mmb_id=clr_sys_mmb_id
        )
    )
