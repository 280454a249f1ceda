"""Codes of a second factor: by time (RFC 6238) from an encrypted secret, and for the day it is lost."""

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp import random_base32
from pyotp.totp import TOTP

from data.store.engine import Store

RECOVERY_CODES, LETTERS, GROUPS, GROUP = 10, "abcdefghjkmnpqrstuvwxyz23456789", 3, 5
STEPS_AROUND = (0, -1, 1)
"""A clock may be half a minute off either way."""
NONCE_BYTES, KEY_BYTES = 12, 32


def new_secret() -> str:
    """A secret that an application on a telephone takes, in base32."""
    return random_base32()


def address_of(secret: str, account_name: str, issuer: str) -> str:
    """What a QR code tells an application: `otpauth://totp/…`."""
    return TOTP(secret).provisioning_uri(name=account_name, issuer_name=issuer)


def seal(store: Store, account_name: str, secret: str) -> str:
    """The secret as it is kept: encrypted under the installation's key, of use for this account alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key(store)).encrypt(nonce, secret.encode(), account_name.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(store: Store, account_name: str, sealed: str) -> str | None:
    """The secret again; None where the key or the account is another, or it was changed."""
    raw = base64.b64decode(sealed)
    try:
        opened = AESGCM(_key(store)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], account_name.encode())
    except InvalidTag:
        return None
    return opened.decode()


def step_of(secret: str, code: str, last_step: int, at: datetime) -> int | None:
    """The step of time whose code this is, later than the last one used; None where it is none."""
    codes = TOTP(secret)
    now, typed = codes.timecode(at.replace(tzinfo=UTC)), code.replace(" ", "")
    if not (typed.isascii() and typed.isdecimal()):
        return None
    fitting = [s for s in (now + n for n in STEPS_AROUND) if hmac.compare_digest(codes.generate_otp(s), typed)]
    return next((s for s in fitting if s > last_step), None)


def new_recovery_codes() -> list[str]:
    """Codes that are each used once: 74 bits, in groups that can be read out."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def hash_of_code(store: Store, account_name: str, code: str) -> str:
    """What is kept of a recovery code; blanks, dashes and capitals do not matter."""
    plain = "".join(c for c in code.lower() if c in LETTERS)
    told = f"recovery {account_name} {plain}".encode()
    return hmac.new(_key(store), told, hashlib.sha256).hexdigest()


def _key(store: Store) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"second factor").derive(store.audit_key)
