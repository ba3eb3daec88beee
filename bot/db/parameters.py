"""Parameters that prebuilt statements have in common."""

from typing import Any

from sqlalchemy import BindParameter, bindparam

RUNNER_IDS: BindParameter[Any] = bindparam("runners", expanding=True)  # the ids of some runners
