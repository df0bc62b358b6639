"""Named steps at which a crash test may kill the process.

Production pays one look into the environment per step; chaos tests set JALON_KILL_AT to the name
of a step and find out whether the next run recovers.
"""

import os
import signal


def reach(step: str) -> None:
    """Die by SIGKILL where a chaos test asked for it at this step."""
    if os.environ.get("JALON_KILL_AT") == step:
        os.kill(os.getpid(), signal.SIGKILL)
