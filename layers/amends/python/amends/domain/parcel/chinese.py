"""Chinese scans: what carriers' words say where no code does."""

import re
from dataclasses import replace

from amends.domain.parcel.taxonomy import Meaning
from amends.domain.parcel.vocabulary import Milestone, Reason, Step

_LOCKER = "丰巢|快递柜|自提柜|智能柜|驿站|代收点|自提点|代办点|快递超市|服务站|便利店"
_PUT = f"(放入|投入|存入|放至|存放|投放|暂放|暂存).{{0,20}}({_LOCKER})"
_M = Milestone
_RULES = tuple(
    (re.compile(pattern), Meaning(milestone=milestone, step=step, reason=reason))
    for pattern, milestone, step, reason in (
        (
            "(退件|退回|退货|退签).{0,12}(已签收|签收成功)|已退签|(退回件|退件|退货)签收",
            _M.RETURNED,
            None,
            None,
        ),
        ("拒收|拒签", _M.DELIVERY_FAILED, None, Reason.RECIPIENT_REFUSED),
        ("退回|退件|退货|返回寄件|退还寄", _M.RETURNING, None, None),
        ("丢失|遗失", _M.LOST, None, None),
        ("破损|损坏", _M.EXCEPTION, None, Reason.DAMAGED),
        ("取消寄件|订单取消|已取消|已销单", _M.CANCELLED, None, None),
        (
            "(派送|派件|投递|配送|妥投)(不成功|失败|异常|未成功)|未(能)?妥投|未能派送|无法(派送|投递)",
            _M.DELIVERY_FAILED,
            None,
            Reason.OTHER,
        ),
        (
            "无人(签收|接听|在家|收)|未签收|联系不上|无法联系",
            _M.DELIVERY_FAILED,
            None,
            Reason.RECIPIENT_ABSENT,
        ),
        (
            f"({_LOCKER}).{{0,20}}(已签收|签收成功|签收)|已签收.{{0,30}}({_LOCKER})",
            _M.DELIVERED,
            None,
            Reason.LOCKER,
        ),
        ("本人签收|本人已签收", _M.DELIVERED, None, Reason.SIGNED),
        (
            "代签|(他人|家人|同事|邻居|门卫|前台|物业).{0,6}(签收|代收)",
            _M.DELIVERED,
            None,
            Reason.NEIGHBOUR,
        ),
        (
            f"(客户|用户|收件人|您)已(取件|取走|取出|提货|自提)|({_LOCKER}).{{0,12}}已(被)?(取件|取走|取出)",
            _M.DELIVERED,
            None,
            Reason.COLLECTED_BY_RECIPIENT,
        ),
        (
            "已签收|签收成功|已妥投|妥投成功|投递成功|(派送|派件|配送)成功|已送达|签收人",
            _M.DELIVERED,
            None,
            None,
        ),
        (
            f"({_LOCKER}).{{0,30}}(待取|自取|自提|取件|领取|代收|存放|暂存|保管)|{_PUT}|待自提|请.{{0,10}}取件",
            _M.AVAILABLE_FOR_PICKUP,
            None,
            Reason.LOCKER,
        ),
        (
            "派送中|派件中|派送途中|正在派|正在为您派|开始派|安排(投递|派送|派件)|进行派|投递员|出仓|配送中|正在投递",
            _M.OUT_FOR_DELIVERY,
            None,
            None,
        ),
        ("扣件|扣关|查验|清关异常|海关扣", _M.CUSTOMS, Step.HELD, Reason.CUSTOMS_INSPECTION),
        (
            "(清关|通关|报关).{0,4}(完成|结束|成功|放行)|已(清关|通关)|放行",
            _M.CUSTOMS,
            Step.RELEASED,
            None,
        ),
        ("清关|报关|通关|海关", _M.CUSTOMS, Step.PRESENTED, None),
        ("滞留", _M.EXCEPTION, Step.HELD, Reason.CARRIER_DELAY),
        ("延误|延迟|天气", _M.EXCEPTION, None, Reason.DELAY),
        (
            "(要求|申请|预约).{0,8}(更改|改期|改派|延后|再次派|派送时间)",
            _M.NO_CHANGE,
            None,
            Reason.RECIPIENT_REQUEST,
        ),
        ("转投|转寄", _M.IN_TRANSIT, None, Reason.FORWARDED),
        (
            "已下单|待揽|等待揽|待取件|通知.{0,8}(揽|取)件|电子面单|订单已|已打印|揽收任务",
            _M.INFO_RECEIVED,
            None,
            None,
        ),
        (
            "收取快件|揽收|揽件|已收件|收寄|已取件|取件成功|已收取|上门取件",
            _M.ACCEPTED,
            Step.ACCEPTED,
            None,
        ),
        (
            "离开|发往|已发出|装车|发车|启运|起飞|封车|已出库|发出",
            _M.IN_TRANSIT,
            Step.DEPARTED,
            None,
        ),
        ("到达|抵达|进港|到站|卸车|降落", _M.IN_TRANSIT, Step.ARRIVED, None),
        ("分拣|中转|运输|转运|在途|入库|扫描", _M.IN_TRANSIT, None, None),
    )
)
_VAGUE = (Reason.OTHER, Reason.DELAY)
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        ("拒收|拒签|拒绝", Reason.RECIPIENT_REFUSED),
        ("地址", Reason.ADDRESS_INVALID),
        ("节假日|休息|下班|关门|停业|放假", Reason.BUSINESS_CLOSED),
        ("更改|改期|约定|另约|改派|要求|预约|再次派送时间", Reason.RECIPIENT_REQUEST),
        ("无人|不在|外出|联系不上|无法联系|电话|未接", Reason.RECIPIENT_ABSENT),
        ("到付|付款|货款|费用", Reason.PAYMENT_DUE),
        ("查无此人", Reason.RECIPIENT_UNKNOWN),
        ("超区|超范围|不派送区域|超出派送", Reason.OUT_OF_AREA),
        ("天气|暴雨|台风|大雪", Reason.WEATHER),
        ("破损|损坏", Reason.DAMAGED),
    )
)


def meaning_of(words: str) -> Meaning | None:
    """What the words of a scan say; the first rule that fits, None where none does."""
    told = next((told for pattern, told in _RULES if pattern.search(words)), None)
    if told is not None and told.reason in _VAGUE:
        return replace(told, reason=_finer(told, words))
    return told


def _finer(told: Meaning, words: str) -> Reason | None:
    """The reason that the words give; of a delay on the way only the weather is one."""
    why = reason_of(words)
    is_one = told.milestone is _M.DELIVERY_FAILED or why is Reason.WEATHER
    return why if why and is_one else told.reason


def reason_of(words: str) -> Reason | None:
    """Why a delivery failed, in the courier's words."""
    return next((reason for pattern, reason in _REASONS if pattern.search(words)), None)
