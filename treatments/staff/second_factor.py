"""The second factors of people: whether a code or a passkey is right, and how new ones are made.

Who may try, and how often, is decided in entrance.py; here nothing is counted.
"""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ..models import Act, AuthenticatorApp, Passkey, RecoveryCode, Session, audit, name_with_login
from ..models.second_factor import AUTHENTICATOR_APP, PASSKEY, RECOVERY_CODES
from .sessions import tell_of_change

DIGITS, STEP = 6, 30  # of an app: its codes, and the seconds that each is shown
STEPS_OFF = (-1, 0, 1)  # a clock may be so much off, or somebody types slowly
CODES = 8  # recovery codes of a person
# Letters and digits that are not taken for one another; sixteen of them cannot be guessed.
CODE_LETTERS, CODE_LENGTH, CODE_GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 16, 4
CHALLENGE = "passkey_challenge"  # in a session
# What reading an answer ends in that no browser of ours gave: JSON in which CBOR in which keys stand.
UNREADABLE = (
    ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, struct.error,
)  # fmt: skip


def has_factor(person: User) -> bool:
    return (
        Passkey.objects.filter(person=person).exists()
        or AuthenticatorApp.objects.filter(person=person).exists()
    )


def is_wanted(person: User) -> bool:
    """Whether a right password is not enough: everywhere but on a local copy, or by her own choice."""
    return not settings.LOCAL or has_factor(person)


def is_last(person: User) -> bool:
    """Whether she has one factor, without which she could not log in."""
    apps = AuthenticatorApp.objects.filter(person=person).count()
    return not settings.LOCAL and Passkey.objects.filter(person=person).count() + apps == 1


class HasOne(Exception):
    """Somebody was to add a first factor, and there is one meanwhile."""


@contextmanager
def _adding(person: User, *, first: bool) -> Iterator[None]:
    """One at a time for each person. Raises HasOne if it is to be the first and is not."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        if first and has_factor(person):
            raise HasOne(person)
        yield


def reset(person: User, *, by: User | None) -> None:
    """All factors go, and every session ends; at the next login new ones are asked for."""
    with transaction.atomic():
        for model in (Passkey, AuthenticatorApp, RecoveryCode, Session):
            model.objects.filter(person=person).delete()
        entry = audit.record(
            Act.FACTORS_RESET, now=timezone.now(), by=by, login=name_with_login(person)
        )
        tell_of_change(person, entry)


def _record(act: Act, person: User, factor: str) -> None:
    """What she did to her own, in the transaction in which it is done."""
    entry = audit.record(act, now=timezone.now(), by=person, factor=factor)
    tell_of_change(person, entry)


# --- Codes ----------------------------------------------------------------------------------------


def take_code(person: User, typed: str, now: datetime) -> bool:
    """Whether it is a code of her app or a recovery code; it is good for this once."""
    code = "".join(map(_plain, typed)).casefold()
    if len(code) == DIGITS and code.isdigit():
        return _take_code_of_app(person, code, now)
    taken, _rows = RecoveryCode.objects.filter(person=person, digest=_digest(code)).delete()
    return bool(taken)


def _plain(letter: str) -> str:
    """Bangla digits as 0-9; nothing of blanks and hyphens, which only make a code easier to read."""
    return str(int(letter)) if letter.isdecimal() else letter if letter.isalnum() else ""


def _take_code_of_app(person: User, code: str, now: datetime) -> bool:
    app = AuthenticatorApp.objects.filter(person=person).first()
    step = app and _step_of(decrypted(app.secret), code, now)
    if not step:
        return False
    later = AuthenticatorApp.objects.filter(person=person, last_step__lt=step)
    return bool(later.update(last_step=step, last_used_at=now))


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The 30 seconds, counted from 1970, that this is the code of."""
    step = int(now.timestamp()) // STEP
    for off in STEPS_OFF if secret else ():
        if constant_time_compare(pyotp.TOTP(secret).at(now, counter_offset=off), code):
            return step + off
    return None


new_secret = pyotp.random_base32


def secret_address(person: User, secret: str) -> str:
    """What the app is told: an otpauth address, as a QR code has it."""
    site = urlsplit(settings.PUBLIC_URL).hostname
    return pyotp.TOTP(secret).provisioning_uri(name=person.get_username(), issuer_name=site)


def qr_drawing(address: str) -> str:
    """SVG on white, for cameras, whatever colours the page has."""
    return segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff")


def add_app(person: User, secret: str, code: str, now: datetime, *, first: bool = False) -> bool:
    """Whether the app shows the code of this secret; from now on it is hers. Raises HasOne."""
    step = _step_of(secret, "".join(map(_plain, code)), now)
    if not step:
        return False
    values = {"secret": encrypted(secret), "last_step": step, "added_at": now}
    with _adding(person, first=first):
        AuthenticatorApp.objects.update_or_create(
            person=person, defaults=values | {"last_used_at": None}
        )
        _record(Act.FACTOR_ADDED, person, factor=AUTHENTICATOR_APP)
    return True


def remove_app(person: User) -> None:
    with transaction.atomic():
        AuthenticatorApp.objects.filter(person=person).delete()
        _record(Act.FACTOR_REMOVED, person, factor=AUTHENTICATOR_APP)


def _cipher() -> Fernet:
    """A copy of the database alone, sessions included, does not show anybody's codes."""
    key = salted_hmac("treatments.staff.second_factor", "secrets", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))


def encrypted(secret: str) -> bytes:
    return _cipher().encrypt(secret.encode())


def decrypted(stored: bytes) -> str:
    """The secret; empty if it was encrypted with another SECRET_KEY."""
    try:
        return _cipher().decrypt(bytes(stored)).decode()
    except InvalidToken:
        return ""


# --- Recovery codes -------------------------------------------------------------------------------


def new_recovery_codes(person: User) -> list[str]:
    """Codes to be shown now and never again; those from before are good for nothing."""
    codes = [_random_code() for _code in range(CODES)]
    rows = [RecoveryCode(person=person, digest=_digest(code.replace("-", ""))) for code in codes]
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(rows)
        _record(Act.FACTOR_ADDED, person, factor=RECOVERY_CODES)
    return codes


def _random_code() -> str:
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    starts = range(0, CODE_LENGTH, CODE_GROUP)
    return "-".join(letters[start : start + CODE_GROUP] for start in starts)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


# --- Passkeys -------------------------------------------------------------------------------------


def passkey_host() -> str:
    """The one host whose passkeys these are; a browser takes no address of numbers."""
    return "localhost" if settings.LOCAL else urlsplit(settings.PUBLIC_URL).hostname


def takes_passkeys(request: HttpRequest) -> bool:
    """Whether this page was asked for at that host."""
    return request.get_host().partition(":")[0] == passkey_host()


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"http://{request.get_host()}" if settings.LOCAL else settings.PUBLIC_URL
    site = PublicKeyCredentialRpEntity(id=passkey_host(), name=passkey_host())
    return Fido2Server(site, verify_origin=lambda claimed: claimed == origin)


def _credentials(person: User) -> list[AttestedCredentialData]:
    stored = Passkey.objects.filter(person=person).values_list("credential", flat=True)
    return [AttestedCredentialData(bytes(credential)) for credential in stored]


def begin_adding_passkey(request: HttpRequest, person: User) -> str:
    """What the browser is to make a passkey for, in JSON; the session remembers it."""
    handle = salted_hmac("treatments.staff.second_factor.handle", str(person.pk)).digest()
    name = person.get_username()
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            id=handle, name=name, display_name=person.get_full_name() or name
        ),
        _credentials(person),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[CHALLENGE] = state
    return json.dumps(dict(options)["publicKey"])


def add_passkey(
    request: HttpRequest,
    person: User,
    answer: str,
    name: str,
    now: datetime,
    *,
    first: bool = False,
) -> Passkey | None:
    """The new passkey; None if the browser's answer is not one to what was last asked of it.

    Raises HasOne.
    """
    state = request.session.pop(CHALLENGE, None)
    try:
        made = _server(request).register_complete(_restored(state), json.loads(answer))
    except UNREADABLE:
        return None
    with _adding(person, first=first):
        passkey = Passkey.objects.create(
            person=person, name=name, credential=bytes(made.credential_data), added_at=now
        )
        _record(Act.FACTOR_ADDED, person, factor=PASSKEY)
    return passkey


def remove_passkey(passkey: Passkey) -> None:
    with transaction.atomic():
        passkey.delete()
        _record(Act.FACTOR_REMOVED, passkey.person, factor=PASSKEY)


def begin_asking_passkey(request: HttpRequest, person: User) -> str:
    """What the browser is to sign with one of her passkeys, in JSON; the session remembers it."""
    options, state = _server(request).authenticate_begin(
        _credentials(person), user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session[CHALLENGE] = state
    return json.dumps(dict(options)["publicKey"])


def take_passkey(request: HttpRequest, person: User, answer: str, now: datetime) -> bool:
    """Whether one of her passkeys has signed what was last asked of this browser."""
    state = request.session.pop(CHALLENGE, None)
    try:
        used = _server(request).authenticate_complete(
            _restored(state), _credentials(person), json.loads(answer)
        )
    except UNREADABLE:
        return False
    Passkey.objects.filter(person=person, credential=bytes(used)).update(last_used_at=now)
    return True


def _restored(state: dict[str, Any] | None) -> dict[str, Any]:
    if state is None:
        raise ValueError("nothing was asked of this browser")
    return state
