import json
import re
from pathlib import Path

import pytest

from reports.branding import branded, read_publication, readable
from reports.errors import SiteError
from tests.reports.marts_of import write_marts

SHELL = '<!doctype html><html lang="en"><head><link rel="icon" href="/f.ico" /></head></html>'


def test_language_client_and_colour_reach_the_page(tmp_path: Path) -> None:
    marts = write_marts(tmp_path / "b", language="fr", engagement={"accent": "#7a1f5c"})
    page = branded(SHELL, read_publication(marts / "marts.duckdb"))
    assert '<html lang="fr"' in page
    assert "--accent:#7a1f5c" in page
    assert "/f.ico" not in page
    found = re.search(r'id="publication">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1])["client"] == "Atelier <Ardoise> & fils"
    assert "<Ardoise>" not in page  # a client's name is text, never markup


def test_text_in_a_pale_accent_is_darkened_until_it_can_be_read() -> None:
    assert readable("#1f5f8b") == "#1f5f8b"
    assert readable("#ffe000") != "#ffe000"


@pytest.mark.parametrize("accent", ["red", "#12345", "#1f5f8b;}body{display:none"])
def test_what_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(SiteError, match="accent"):
        readable(accent)


def test_unknown_language_is_refused(tmp_path: Path) -> None:
    marts = write_marts(tmp_path / "b", language="de")
    with pytest.raises(SiteError, match="de"):
        read_publication(marts / "marts.duckdb")


def test_missing_engagement_is_said(tmp_path: Path) -> None:
    marts = write_marts(tmp_path / "b", left_out=["dim_engagements"])
    with pytest.raises(SiteError, match="dim_engagements"):
        read_publication(marts / "marts.duckdb")
