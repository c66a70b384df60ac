"""Work that the one who asks waits for."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.concurrency import run_in_threadpool

from .faults import OVERDUE, refused
from .messages import Work
from .newsroom import Newsroom
from .workers import Asked


async def answer_of(room: Newsroom, work: Work) -> Any:
    """
    What comes of *work*.

    Raises:
        ClaimcheckError: What the work fails with; ``CC-E66`` when it takes longer than a request may.
    """
    seconds = room.settings.limits.seconds
    asked = Asked(work=work)
    await run_in_threadpool(room.workers.submit, asked, seconds=seconds)
    try:
        async with asyncio.timeout(seconds + 1):
            return await asyncio.wrap_future(asked.future)
    except TimeoutError:
        raise refused(OVERDUE, "the work took longer than it may", "ask for less at a time") from None
