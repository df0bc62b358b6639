"""Every page in real Chromium, both languages, on a desk and on a phone.

`UPDATE_PICTURES=1` writes the small reference pictures anew: look at the pages first.
"""

import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from reports.node_project import PROJECT
from reports.serve import make_server
from reports.shell import install_packages
from reports.site import build_site
from tests.reports.marts_of import write_marts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
PICTURES = Path(__file__).with_name("pictures")
LOGO = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'%3E"
    "%3Crect width='40' height='20' fill='%237a1f5c'/%3E%3C/svg%3E"
)


@pytest.mark.parametrize(
    ("language", "is_sparse", "has_pictures", "engagement"),
    [
        ("fr", False, True, {}),
        (
            "en",
            False,
            False,
            {"accent": "#7a1f5c", "logo": LOGO, "is_draft": False, "priority": None},
        ),
        ("fr", True, False, {}),
    ],
    ids=["french draft", "english, second logo and colour", "almost nothing known"],
)
def test_every_page_can_be_read(
    tmp_path: Path,
    shell: Path,
    work: Path,
    language: str,
    is_sparse: bool,
    has_pictures: bool,
    engagement: dict[str, Any],
) -> None:
    chromium = shutil.which("chromium")
    assert chromium, "`make browser` installs Chromium"
    marts = write_marts(tmp_path / "build", language, is_sparse, engagement)
    sites = tmp_path / "sites"
    build_site(marts, sites / "atelier" / "2026-09", shell, work, language, lambda _: None)
    packages = install_packages(work, lambda _: None)
    pictures = ["--reference", str(PICTURES)] if has_pictures else []
    if "UPDATE_PICTURES" in os.environ:
        pictures.append("--update")
    with make_server(sites, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        result = subprocess.run(
            ["node", str(PROJECT / "browser" / "check.mjs"), address, chromium, *pictures],
            cwd=packages.parent,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
        server.shutdown()
    assert result.returncode == 0, result.stdout + result.stderr
