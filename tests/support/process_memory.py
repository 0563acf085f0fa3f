"""What stands in the memory of other processes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK = 64 * 1024 * 1024


def found_in(processes: Iterable[int], patterns: Iterable[bytes]) -> set[bytes]:
    """Return which of these bytes stand in what these processes have written."""
    wanted = tuple(patterns)
    return {
        one for process in processes for chunk in _chunks(process) for one in wanted if one in chunk
    }


def _chunks(process: int) -> Iterator[bytes]:
    regions = Path(f"/proc/{process}/maps").read_text("ascii", "replace").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            span, rights, *_ = region.split()
            begin, end = (int(one, 16) for one in span.split("-"))
            if "w" not in rights:
                continue
            while begin < end:
                memory.seek(begin)
                chunk = memory.read(min(CHUNK, end - begin))
                if not chunk:
                    break
                yield chunk
                begin += len(chunk)
