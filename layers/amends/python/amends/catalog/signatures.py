"""Signatures: the RSA and AES-GCM that payment gateways speak, from `cryptography`.

The library is imported inside the functions: only the function that pays loads it.
"""

from base64 import b64decode, b64encode
from binascii import Error as BadBase64


class KeyUnusable(Exception):  # noqa: N818 - an accident of configuration, named for the key
    """A configured key is not an RSA key in PEM; the message never shows it."""


def sign(message: bytes, private_key: str) -> str:
    """RSA PKCS#1 v1.5 over SHA-256 (Alipay RSA2, WeChat SHA256-RSA2048), in base64."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        # Our own key, from our own store: its primes need no test, which would cost 40 ms a call.
        key = load_pem_private_key(
            private_key.encode(), password=None, unsafe_skip_rsa_key_validation=True
        )
    except ValueError as error:
        raise KeyUnusable("the private key cannot be read") from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyUnusable("the private key is not RSA")
    return b64encode(key.sign(message, PKCS1v15(), SHA256())).decode()


def is_signed(message: bytes, signature: str, public_key: str) -> bool:
    """Whether `signature` (base64) is the gateway's over exactly these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_key.encode())
    except ValueError as error:
        raise KeyUnusable("the public key cannot be read") from error
    if not isinstance(key, RSAPublicKey):
        raise KeyUnusable("the public key is not RSA")
    try:
        key.verify(b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, BadBase64):
        return False
    return True


def seal(text: str, public_key: str) -> str:
    """RSA OAEP over SHA-1, as WeChat Pay wants personal data in a request, in base64."""
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(public_key.encode())
    if not isinstance(key, RSAPublicKey):
        raise KeyUnusable("the public key is not RSA")
    padding = OAEP(mgf=MGF1(SHA1()), algorithm=SHA1(), label=None)  # noqa: S303 - WeChat's choice
    return b64encode(key.encrypt(text.encode(), padding)).decode()


def open_sealed(ciphertext: str, *, key: str, nonce: str, associated: str) -> bytes | None:
    """AES-256-GCM as in WeChat callbacks (`key`: 32 characters); None if it was tampered with."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key.encode()).decrypt(
            nonce.encode(), b64decode(ciphertext, validate=True), associated.encode()
        )
    except (InvalidTag, BadBase64):
        return None
