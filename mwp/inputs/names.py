"""Names as people write them, and the nearest right one where a name is wrong."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def snake(name: str) -> str:
    """A name as a key: "King's Lynn and West Norfolk" is kings_lynn_and_west_norfolk."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("&", " and ").replace("'", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def nearest(word: object, allowed: Iterable[str]) -> str | None:
    """The allowed name most like a word, or None where nothing is like it."""
    by_key = {snake(name): name for name in allowed}
    asked = snake(str(word))
    if not asked:
        return None
    if asked in by_key:
        return by_key[asked]
    close = get_close_matches(asked, by_key, n=1, cutoff=0.7)
    if not close:
        close = sorted((key for key in by_key if _shares_a_word(asked, key)), key=len)[:1]
    if not close:
        close = get_close_matches(asked, by_key, n=1, cutoff=0.55)
    return by_key[close[0]] if close else None


def did_you_mean(word: object, allowed: Iterable[str]) -> str:
    """ " Did you mean x?", with its leading space, or nothing."""
    near = nearest(word, allowed)
    return f" Did you mean {near}?" if near else ""


def listed(names: Iterable[object], last: str = "or") -> str:
    """Names in a sentence: a, b or c."""
    words = [str(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else "nothing"


def _shares_a_word(asked: str, key: str) -> bool:
    return len(asked) > 3 and (asked in key.split("_") or key in asked.split("_") or key.startswith(f"{asked}_"))
