"""What pages say where data are missing, asked of their views alone: no browser, no shell."""

import subprocess
from pathlib import Path

import pytest

from reports.node_project import PROJECT
from reports.shell import install_packages

pytestmark = pytest.mark.slow
TESTS = Path(__file__).with_name("answers.mjs")


def test_pages_say_nothing_that_the_data_do_not_bear_out(tmp_path: Path, work: Path) -> None:
    modules = install_packages(work, progress=lambda _: None)
    (tmp_path / "navigation.js").write_text("export const goto = () => {};\n", encoding="utf-8")
    bundle = tmp_path / "answers.mjs"
    aliases = {"$app/navigation": tmp_path / "navigation.js", "$pages": PROJECT / "lib" / "pages"}
    subprocess.run(
        [
            modules / ".bin" / "esbuild", TESTS, "--bundle", "--format=esm", "--platform=node",
            "--log-level=error", f"--outfile={bundle}",
            *(f"--alias:{name}={path}" for name, path in aliases.items()),
        ],
        env={"NODE_PATH": str(modules), "PATH": "/usr/bin:/bin:/usr/local/bin"},
        check=True,
    )  # fmt: skip
    result = subprocess.run(["node", "--test", bundle], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
