"""The report as one PDF: every page of a built site, printed by Chromium.

Belongs here: finding Chromium, serving the site to it. Does not belong here: what is on the paper
(evidence/browser/print.mjs, the print rules of app.css).
"""

import shutil
import tempfile
import threading
from pathlib import Path

from reports.errors import ExportError
from reports.node_project import PROJECT, find_tool, run_logged
from reports.serve import make_server
from reports.shell import install_packages

PRINT_SECONDS = 600.0
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path:
    """Path of the browser that prints.

    Raises:
        ExportError: where there is none.
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise ExportError(
        "Chromium is not installed, and the PDF is printed by it; install your system's package "
        "(Debian: `apt-get install chromium`, or `make browser`) and export again, or take the "
        "tables alone with --xlsx"
    )


def print_pdf(site: Path, target: Path, work: Path, chromium: Path) -> None:
    """Print the whole report in `site` to `target`.

    Args:
        site: a built site.
        target: the PDF file; replaced whole by the caller.
        work: the folder given to `build_shell`, with the Node packages and logs.
        chromium: what `find_chromium` returned.

    Raises:
        SiteError: where a page cannot be shown or printed; holds the end of the log.
    """
    packages = install_packages(work, lambda _: None)
    # The site is resolved once: a publication that comes meanwhile does not mix into the paper.
    with tempfile.TemporaryDirectory(prefix="print-", dir=work) as folder:
        alone = Path(folder) / "report" / "month"
        alone.parent.mkdir()
        alone.symlink_to(site.resolve(), target_is_directory=True)
        log = work / "logs" / f"{Path(folder).name}.log"
        with make_server(Path(folder), 0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                run_logged(
                    [
                        str(find_tool("node")),
                        str(PROJECT / "browser" / "print.mjs"),
                        f"http://127.0.0.1:{server.server_port}",
                        str(chromium),
                        str(target),
                    ],
                    packages.parent,
                    log,
                    PRINT_SECONDS,
                    None,
                )
            finally:
                server.shutdown()
        log.unlink()
