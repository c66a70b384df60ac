"""Work that the one who asks waits for."""

from __future__ import annotations

import asyncio
from typing import Any

from .faults import refused
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
    room.workers.submit(asked, seconds=seconds)
    try:
        async with asyncio.timeout(seconds + 1):
            return await asyncio.wrap_future(asked.future)
    except TimeoutError:
        raise refused("CC-E66", "the work took longer than it may", "ask for less at a time") from None
