"""What a record is called in the ledger, and how long that may be."""

import hashlib

LONGEST = 300


def ledger_key(key: str) -> str:
    """A record's key, `kind:name`, as the ledger has it: a name too long is told apart by its beginning and its hash."""
    kind, _, name = key.partition(":")
    if len(name) <= LONGEST:
        return key
    return (
        f"{kind}:{name[:200]}#{hashlib.blake2b(name.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"
    )
