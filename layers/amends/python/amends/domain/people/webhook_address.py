"""Where a webhook may go: public https addresses, and no way into our own network."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from amends.domain.refusal import Invalid

LONGEST_URL = 2048
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, 2.5.5.1, deprecated


class BadAddress(Invalid):
    """A URL or an address to which no event is sent."""

    code = "bad_webhook_url"


def check_url(url: str, *, is_local: bool) -> None:
    """Refuse what is not plain https to a public name; a local target may use http to loopback."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise BadAddress("the URL cannot be read") from error
    if len(url) > LONGEST_URL or not url.isascii() or any(c <= " " or c in "\\\x7f" for c in url):
        raise BadAddress(f"a URL is ASCII, without spaces, of at most {LONGEST_URL} characters")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadAddress("a URL holds no user, no password and no fragment")
    if is_local and parts.scheme in ("http", "https") and _is_loopback(host):
        return
    if parts.scheme != "https":
        raise BadAddress("only https is called")
    if port is not None and port != 443 and port < 1024:
        raise BadAddress("the port is 443, or 1024 and above")
    _check_host(host)


def check_addresses(addresses: Iterable[str], *, is_local: bool) -> tuple[str, ...]:
    """What a name resolved to, if every one of them may be called; connect to these, not the name.

    Asked at each delivery, for a name may point elsewhere tomorrow.
    """
    found = tuple(addresses)
    if not found:
        raise BadAddress("the name has no address")
    for address in found:
        if not (is_public(address) or (is_local and _is_loopback(address))):
            raise BadAddress("the name leads into a private network")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet, also where IPv6 wraps an IPv4 address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        inner = _wrapped(ip)
        if inner is not None:
            return all(_is_open(each) for each in inner)
    return _is_open(ip)


def _is_open(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: IPv6Address) -> tuple[IPv4Address, ...] | None:
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if any(ip in network for network in (*_NAT64, _COMPATIBLE)):
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    return None


def _check_host(host: str) -> None:
    try:
        ip_address(host)
    except ValueError:
        is_name = "." in host and not host.endswith(_INSIDE)
        last = host.rpartition(".")[2]
        # 0x7f.1, 127.1 and 2130706433 are addresses to a resolver, names to nobody
        if not is_name or last.isdigit() or last.startswith("0x"):
            raise BadAddress("the host is not a public name") from None
        return
    if not is_public(host):
        raise BadAddress("the address is not a public one")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
