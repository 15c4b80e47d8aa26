"""One map over the blocks of a population: in this process, in several, or on a Dask cluster. The answers are the same.

A block is work enough to be worth sending (a tenth of a second and more). A worker that dies takes only the blocks it
was at with it: they are worked out again by another. With a checkpoint, blocks that are finished are not begun again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from mwp.errors import InputError, MwpError
from mwp.population.pieces import IN_MEMORY, Answers, Block, Source, Task, checkpoint
from mwp.population.processes import context

Progress = Callable[[int, int], None]
_AHEAD = 2  # blocks that wait ready for each worker
_DEATHS = 5  # of workers, without a block finished in between, after which something is wrong with the work itself


@dataclass(frozen=True)
class How:
    """Who does the work: so many processes of this machine, or the Dask cluster at an address; and where it is kept."""

    workers: int = 1
    scheduler: str | None = None
    checkpoint: str | Path | None = None

    def __post_init__(self) -> None:
        """Raise InputError for what cannot be."""
        if self.workers < 1:
            raise InputError.of("Give at least one worker.", field="workers")
        if self.scheduler and self.workers > 1:
            raise InputError.of("A scheduler has its own workers. Give --scheduler or --workers.", field="workers")


HERE = How()


def over_blocks(source: Source, task: Task, how: How = HERE, progress: Progress | None = None) -> Answers:
    """Every block's answer. Raises InputError for a population with errors or a checkpoint of another run."""
    total = len(source.ranges())
    if how.checkpoint is not None:
        answers = checkpoint(Path(how.checkpoint), source, task)
    elif source.size > IN_MEMORY:
        holder = tempfile.TemporaryDirectory(prefix="mwp-population-")
        answers = Answers(total, Path(holder.name))
        answers.holder = holder  # removed when nobody holds the answers any more
    else:
        answers = Answers(total)
    known = answers.known()
    done = len(known)

    def finished(number: int, answer: pa.Table) -> None:
        nonlocal done
        answers.add(number, answer)
        done += 1
        if progress:
            progress(done, total)

    if progress:
        progress(done, total)
    if how.scheduler:
        _on_cluster(source.blocks(known, pack=True), task, how.scheduler, finished)
    elif how.workers > 1 and total - done > 1:
        _in_processes(source.blocks(known, pack=True), task, how.workers, finished)
    else:
        for block in source.blocks(known):
            finished(block.number, task.work(source.of_block(block)))
    return answers


def one_block(task: Task, block: Block) -> tuple[int, pa.Table]:
    """A block's answer, in whichever process this is."""
    return block.number, task.work(block.population())


def _in_processes(blocks: Iterator[Block], task: Task, workers: int, finished: Callable[[int, pa.Table], None]) -> None:
    """Blocks go out a few at a time; where a worker dies, a new set of workers takes on what was not finished."""
    sent: dict[int, Block] = {}
    deaths = 0

    def done(number: int, answer: pa.Table) -> None:
        nonlocal deaths
        finished(number, answer)
        del sent[number]
        deaths = 0

    while True:
        pool = ProcessPoolExecutor(workers, mp_context=context())
        try:
            _through(pool, blocks, sent, task, workers * _AHEAD, done)
            return
        except BrokenProcessPool:
            deaths += 1
            if deaths >= _DEATHS:
                raise MwpError(
                    f"Workers keep dying ({deaths} times without a block finished). Is there memory enough for each?"
                    " Try fewer workers or smaller blocks."
                ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _through(
    pool: ProcessPoolExecutor,
    blocks: Iterator[Block],
    sent: dict[int, Block],
    task: Task,
    ahead: int,
    done: Callable[[int, pa.Table], None],
) -> None:
    """Blocks through a set of workers, first those that another set was sent. Raises BrokenProcessPool."""
    out = {pool.submit(one_block, task, block): block.number for block in sent.values()}
    while True:
        while len(out) < ahead and (following := next(blocks, None)) is not None:
            sent[following.number] = following
            out[pool.submit(one_block, task, following)] = following.number
        if not out:
            return
        for future in wait(out, return_when=FIRST_COMPLETED).done:
            done(*future.result())
            del out[future]


def _on_cluster(blocks: Iterator[Block], task: Task, address: str, finished: Callable[[int, pa.Table], None]) -> None:
    """The same on a Dask cluster: the scheduler hands a dead worker's blocks to another."""
    try:
        import distributed
    except ImportError:
        raise MwpError(
            'A cluster needs the dask libraries, which are not installed. Install them: pip install "mwp[scale]".'
        ) from None
    dask: Any = distributed
    cluster: Any = None
    if address.startswith("local:"):
        count = address.removeprefix("local:")
        if not count.isdigit() or int(count) < 1:
            raise InputError.of(f"{address} is no local cluster. Give its workers, as in local:2.", field="scheduler")
        cluster = dask.LocalCluster(n_workers=int(count), threads_per_worker=1, dashboard_address=None)
    try:
        try:
            client = dask.Client(cluster or address, timeout="20s")
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError.of(f"No scheduler answers at {address} ({error}).", field="scheduler") from None
        with client:
            ahead = max(_AHEAD * sum(client.ncores().values()), _AHEAD)
            coming = dask.as_completed(with_results=True)

            def send() -> bool:
                following = next(blocks, None)
                if following is not None:
                    coming.add(client.submit(one_block, task, following, pure=False, retries=_DEATHS))
                return following is not None

            while ahead and send():
                ahead -= 1
            for _, (number, answer) in coming:
                finished(number, answer)
                send()
    finally:
        if cluster is not None:
            cluster.close()
