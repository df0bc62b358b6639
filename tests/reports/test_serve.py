import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.serve import make_server


def _site(sites: Path, engagement: str, month: str, text: str) -> None:
    folder = sites / engagement / month
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "data" / "a.parquet").write_bytes(b"rows")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    sites = tmp_path / "sites"
    _site(sites, "un", "2026-01", "un janvier")
    _site(sites, "un", "2026-02", "un février")
    _site(sites, "deux", "2026-01", "deux janvier")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    with make_server(sites, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def _get(port: int, path: str, host: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_each_engagement_has_its_own_name_and_the_latest_month(port: int) -> None:
    assert _get(port, "/", "un.localhost") == (200, "un février")
    assert _get(port, "/", "deux.localhost") == (200, "deux janvier")
    assert _get(port, "/", "2026-01.un.localhost") == (200, "un janvier")


def test_a_page_is_the_shell_and_a_missing_file_is_missing(port: int) -> None:
    assert _get(port, "/tasks/une_tache/", "un.localhost") == (200, "un février")
    assert _get(port, "/data/a.parquet", "un.localhost") == (200, "rows")
    assert _get(port, "/data/b.parquet", "un.localhost")[0] == 404


@pytest.mark.parametrize(
    "path", ["/../../../secret", "/%2e%2e/%2e%2e/%2e%2e/secret", "//../secret"]
)
def test_nothing_outside_the_site_is_served(port: int, path: str) -> None:
    assert "secret" not in _get(port, path, "un.localhost")[1]


def test_another_engagement_is_not_reached_through_a_path(port: int) -> None:
    assert "deux" not in _get(port, "/../../deux/2026-01/index.html", "un.localhost")[1]


def test_the_bare_address_lists_engagements(port: int) -> None:
    status, page = _get(port, "/", "127.0.0.1")
    assert status == 200
    assert "un.localhost" in page and "deux.localhost" in page


def test_unknown_engagement_shows_the_list(port: int) -> None:
    assert "un.localhost" in _get(port, "/", "trois.localhost")[1]
