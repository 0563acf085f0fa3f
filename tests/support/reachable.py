"""What can be reached from an object: the texts that it, and the code it runs, hold on to."""

import gc
import sys
from collections.abc import Iterator
from types import ModuleType


def texts_within(root: object, package: str) -> Iterator[str]:
    """Yield every text that can be reached from an object, and from the modules of a package."""
    modules = [vars(one) for name, one in sys.modules.items() if name.startswith(package)]
    waiting: list[object] = [root, *modules]
    met = set(map(id, waiting))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        # Of the keys of a dict the search for garbage tells nothing, if all of them are texts.
        keys = one.keys() if isinstance(one, dict) else ()
        for held in (*gc.get_referents(one), *keys):
            if id(held) not in met and not _is_elsewhere(held):
                met.add(id(held))
                waiting.append(held)


def _is_elsewhere(held: object) -> bool:
    """Whether it is another module, or the names in it: from there one comes to everything."""
    return isinstance(held, ModuleType) or (isinstance(held, dict) and "__spec__" in held)
