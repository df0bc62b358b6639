"""The report of one published month: which marts, which shell, where the site goes."""

import os
from collections.abc import Callable
from pathlib import Path

from orchestration.paths import Home


def render_site(home: Home, engagement: str, month: str, say: Callable[[str], None]) -> Path:
    """Build `sites/<engagement>/<month>` from the month's current build.

    Returns:
        The folder of the site.
    """
    from reports.site import build_shell, build_site

    marts = (home.published(engagement) / month).resolve(strict=True)
    raise NotImplementedError((os, build_shell, build_site, marts, say))
