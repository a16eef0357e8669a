"""Whether a signature is one of a key: Ed25519 (RFC 8032) in plain Python, so that the rulebook believes no library.

It only checks, on public figures; what signs must take the same time whatever the secret is, and is a library's.
"""

import hashlib

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
KEY_BYTES, SIGNATURE_BYTES = 32, 64

Point = tuple[int, int]
NEUTRAL: Point = (0, 1)
# The point from which every key is made: its y is 4/5, and its x is even.
BASE: Point = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)
_ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether whoever holds the secret of this public key signed exactly this message."""
    if len(key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    owner, commitment = _point(key), _point(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if owner is None or commitment is None or answer >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _times(answer, BASE) == _plus(commitment, _times(challenge, owner))


def _point(written: bytes) -> Point | None:
    """The point that 32 bytes name: its y, and in the last bit which of two x; None where there is no such point."""
    named = int.from_bytes(written, "little")
    y, is_odd = named % 2**255, named >> 255
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    root = pow(square, (PRIME + 3) // 8, PRIME)
    for x in (root, root * _ROOT_OF_MINUS_ONE % PRIME):
        for signed in (x, -x % PRIME):
            if y < PRIME and signed * signed % PRIME == square and signed % 2 == is_odd:
                return signed, y
    return None


def _plus(one: Point, other: Point) -> Point:
    (a, b), (c, d) = one, other
    bend = CURVE * a * b * c * d
    return (a * d + b * c) * pow(1 + bend, -1, PRIME) % PRIME, (b * d + a * c) * pow(1 - bend, -1, PRIME) % PRIME


def _times(number: int, point: Point) -> Point:
    total = NEUTRAL
    while number:
        if number & 1:
            total = _plus(total, point)
        point, number = _plus(point, point), number >> 1
    return total
