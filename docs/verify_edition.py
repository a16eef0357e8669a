"""Check an edition: python verify_edition.py edition-2.json [edition-1.json] – nothing but Python; see verifying.md."""

import json
import sys
from hashlib import sha256, sha512
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, as RFC 8032 writes it down
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def point(raw):
    y, square = int.from_bytes(raw, "little") % 2**255, lambda y: (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square(y), (P + 3) // 8, P)
    roots = [x % P for x in (root, -root, root * ROOT, -root * ROOT) if x * x % P == square(y) and y < P]
    return [x for x in roots if x % 2 == raw[31] >> 7][0], y


def plus(one, other):
    (a, b), (c, d), bend = one, other, D * one[0] * one[1] * other[0] * other[1]
    return (a * d + b * c) * pow(1 + bend, -1, P) % P, (b * d + a * c) * pow(1 - bend, -1, P) % P


def times(n, one):
    return (0, 1) if n == 0 else plus(times(n // 2, plus(one, one)), one if n % 2 else (0, 1))


def is_signed(key, message, signature):
    s, h = (int.from_bytes(x, "little") for x in (signature[32:], sha512(signature[:32] + key + message).digest()))
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return len(signature) == 64 and s < L and times(s, base) == plus(point(signature[:32]), times(h % L, point(key)))


def written(facts):
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands in it twice")
    return dict(pairs)


def faults(manifest, words, signature, before):
    key = bytes.fromhex(signature["key"])
    if not is_signed(key, written(manifest), bytes.fromhex(signature["signature"])):
        yield "manifest: it is not what was signed"
    if sha256(key).hexdigest() != manifest["key"] or words.keys() != {plank["plank"] for plank in manifest["planks"]}:
        yield "the key or the planks are not those that the manifest names"
    for plank in [one for one in manifest["planks"] if one["plank"] in words]:
        name, said = plank["plank"], words[plank["plank"]]
        if sha256(written(plank["stances"])).hexdigest() != plank["stances_sha256"]:
            yield f"{name}: the stances are not those signed"
        text = "{}\n\n{}\n".format(" ".join(str(said["title"]).split()), said["text"]).encode()
        if (said["title"], said["text"]) != (None, None) and sha256(text).hexdigest() != plank["sha256"]:
            yield f"{name}: the text is not the one signed"
        made = {one["group"]: one["statement_sha256"] for one in plank["stances"] if one["statement_sha256"]}
        told = said["reservations"].items()
        if {of: made.get(of) if one is None else sha256(one.encode()).hexdigest() for of, one in told} != made:
            yield f"{name}: the reservations are not those signed"
    if before and manifest["before"] != {"edition": before["edition"], "sha256": sha256(written(before)).hexdigest()}:
        yield "edition before: it is not the one that this edition names"


def main(*paths):
    try:
        files = [json.loads(Path(path).read_bytes(), object_pairs_hook=once) for path in paths]
        manifest, before = files[0]["manifest"], files[1]["manifest"] if files[1:] else None
        found = list(faults(manifest, files[0]["words"], files[0]["signature"], before))
        print(f"Edition {manifest['edition']} of {manifest['published']}, signed by the key {manifest['key']}:")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        return print(f"This cannot be checked: {type(fault).__name__}: {fault}") or 2
    print("\n".join(found) or "Nothing differs.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (2, 3) else __doc__)
