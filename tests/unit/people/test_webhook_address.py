"""Nobody uses us to knock at inner doors."""

import pytest

from amends.domain.people.webhook_address import BadAddress, check_addresses, check_url, is_public
from tests.unit.people.hooks import endpoint


@pytest.mark.parametrize(
    "url",
    ["http://shop.example/", "ftp://shop.example/", "https://localhost/", "https://127.0.0.1/",
     "https://10.1.2.3/", "https://169.254.169.254/latest", "https://[::1]/", "https://[fd00::1]/",
     "https://[::ffff:10.0.0.1]/", "https://100.64.0.1/", "https://0/", "https://127.1/",
     "https://0x7f.0.0.1/", "https://2130706433/", "https://db.internal/", "https://intranet/",
     "https://user:pw@shop.example/", "https://shop.example:22/", "https://shop.example:99999/",
     "https://shop.example/#x", "https://shop.example/ x", "https://例子.example/", "https://",
     "https://[::1", "https://shop.local./", "https://shop.example/" + "x" * 2048,
     "https://shop.example\\@10.0.0.1/", "//shop.example/", "https://224.0.0.1/"],
)  # fmt: skip
def test_an_endpoint_that_is_not_public_https_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        endpoint(url)


@pytest.mark.parametrize(
    "url",
    ["https://shop.example/hooks?x=1", "https://shop.example:8443/", "https://93.184.215.14/",
     "https://[2606:4700:4700::1111]/"],
)  # fmt: skip
def test_a_public_https_endpoint_is_accepted(url: str) -> None:
    assert endpoint(url).url == url


def test_loopback_is_for_the_local_target_only() -> None:
    check_url("http://127.0.0.1:8080/hooks", is_local=True)
    check_url("http://localhost:8080/hooks", is_local=True)
    with pytest.raises(BadAddress):
        check_url("http://127.0.0.1:8080/hooks", is_local=False)
    with pytest.raises(BadAddress):
        check_url("http://10.0.0.1/hooks", is_local=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False),
     ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),  # noqa: S104 - an address to refuse
     ("255.255.255.255", False), ("192.0.2.1", False), ("::", False), ("::1", False),
     ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
     ("2001:db8::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True),
     ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("2002:a00:1::", False),
     ("::127.0.0.1", False), ("2606:4700:4700::1111", True), ("shop.example", False), ("", False)],
)  # fmt: skip
def test_an_address_is_public_or_it_is_not(address: str, *, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_leads_inside_at_delivery_is_refused() -> None:
    assert check_addresses(["8.8.8.8"], is_local=False) == ("8.8.8.8",)
    for inside in (["8.8.8.8", "10.0.0.1"], [], ["127.0.0.1"]):
        with pytest.raises(BadAddress):
            check_addresses(inside, is_local=False)
    assert check_addresses(["127.0.0.1"], is_local=True) == ("127.0.0.1",)
