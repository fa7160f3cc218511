"""What carriers' words say where no code does."""

import pytest

from amends.domain.parcel.chinese import meaning_of, reason_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("【上海】已下单，等待揽收", "info_received"),
        ("【义乌北苑】已揽收", "accepted accepted"),
        ("快件离开【杭州转运中心】已发往【深圳转运中心】", "in_transit departed"),
        ("快件到达【深圳转运中心】", "in_transit arrived"),
        ("快件正在派送中，请您准备签收（派件员：王）", "out_for_delivery"),
        ("您的快件已存放至【丰巢】快递柜，请及时取件", "available_for_pickup locker"),
        ("您的快件已由菜鸟驿站代收，请凭取件码领取", "available_for_pickup locker"),
        ("已签收，签收人是【本人签收】", "delivered signed"),
        ("已签收,感谢使用顺丰", "delivered"),
        ("快件已由【邻居代收】签收", "delivered neighbour"),
        ("快件派送不成功（因电话无人接听），待再次派送", "delivery_failed recipient_absent"),
        ("收件人拒收", "delivery_failed recipient_refused"),
        ("快件正在退回途中", "returning"),
        ("退件已签收", "returned"),
        ("清关完成", "customs released"),
        ("海关扣件", "customs held customs_inspection"),
        ("快件滞留,正在联系收件人", "exception held carrier_delay"),
        ("外包装破损", "exception damaged"),
        ("nothing", ""),
    ],
)
def test_words_say(words: str, expected: str) -> None:
    told = meaning_of(words)
    said = (told.milestone, told.step, told.reason) if told else ()

    assert " ".join(filter(None, said)) == expected


def test_why_is_told_from_the_courier_s_words() -> None:
    assert reason_of("因收件人不在家") == "recipient_absent"
    assert reason_of("地址不详") == "address_invalid"
    assert reason_of("") is None
