"""Keys: made afresh for every run, so that none is ever committed."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One RSA key, 2048 bits."""

    key: RSAPrivateKey

    @classmethod
    def fresh(cls) -> "Pair":
        """A new key."""
        return cls(generate_private_key(public_exponent=65537, key_size=2048))

    @property
    def private(self) -> str:
        """PEM of the private half."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def public(self) -> str:
        """PEM of the public half."""
        return (
            self.key.public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    def sign(self, message: bytes) -> str:
        """RSA over SHA-256, base64."""
        return b64encode(self.key.sign(message, PKCS1v15(), SHA256())).decode()

    def has_signed(self, message: bytes, signature: str) -> bool:
        """Whether this key signed these bytes."""
        try:
            self.key.public_key().verify(b64decode(signature), message, PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True

    def unseal(self, text: str) -> str:
        """What was sealed for this key with OAEP."""
        padding = OAEP(mgf=MGF1(SHA1()), algorithm=SHA1(), label=None)  # noqa: S303 - WeChat's
        return self.key.decrypt(b64decode(text), padding).decode()
