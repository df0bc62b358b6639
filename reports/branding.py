"""What of the engagement is known before the first query: language, client, logo, colour.

Belongs here: reading it from the marts and writing it into the shell's index.html.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

import duckdb

from reports.errors import SiteError

DEFAULT_ACCENT = "#1f5f8b"
LEAST_CONTRAST = 4.5  # WCAG AA for text on white
LANGUAGES = ("fr", "en")
COLUMNS = ("engagement_id", "client", "language", "currency", "as_of_month", "is_draft")


def read_publication(marts: Path) -> dict[str, Any]:
    """What index.html says of the publication, from dim_engagements of `marts`.

    Raises:
        SiteError: where the table is missing, lacks a column or has not exactly one row.
    """
    try:
        with duckdb.connect(str(marts), read_only=True) as connection:
            cursor = connection.execute("select * from dim_engagements")
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
    except duckdb.Error as error:
        raise SiteError(f"{marts}: dim_engagements cannot be read: {error}") from error
    if missing := [name for name in COLUMNS if name not in names]:
        raise SiteError(f"dim_engagements has no column {', '.join(missing)}")
    if len(rows) != 1:
        raise SiteError(f"dim_engagements has {len(rows)} rows; the report needs exactly one")
    row = dict(zip(names, rows[0], strict=True))
    if row["language"] not in LANGUAGES:
        raise SiteError(f"the report speaks {' and '.join(LANGUAGES)}, not {row['language']!r}")
    accent = row.get("accent") or DEFAULT_ACCENT
    return {
        **{name: row[name] for name in COLUMNS},
        "as_of_month": row["as_of_month"].isoformat()[:10],
        "accent": accent,
        "accent_text": readable(accent),
        "logo": row.get("logo"),
    }


def branded(index: str, publication: dict[str, Any]) -> str:
    """The shell's index.html for one publication."""
    accent, accent_text = publication["accent"], publication["accent_text"]
    icon = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
        f"%3Ccircle cx='8' cy='8' r='7' fill='{accent.replace('#', '%23')}'/%3E%3C/svg%3E"
    )
    facts = json.dumps(publication, ensure_ascii=False).replace("<", "\\u003c")
    head = (
        f"<title>{html.escape(publication['client'])}</title>\n"
        f'<link rel="icon" href="{icon}" />\n'
        f"<style>:root{{--accent:{accent}!important;--accent-text:{accent_text}!important}}</style>\n"
        f'<script type="application/json" id="publication">{facts}</script>\n'
    )
    index = re.sub(r'<link rel="(icon|apple-touch-icon|manifest)"[^>]*>\s*', "", index)
    index = re.sub(r'<html lang="[^"]*"', f'<html lang="{publication["language"]}"', index)
    if "</head>" not in index:
        raise SiteError("the shell's index.html has no head")
    return index.replace("</head>", head + "</head>", 1)


def readable(color: str) -> str:
    """`color` darkened until text in it can be read on white.

    Raises:
        SiteError: where it is not #rrggbb.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
        raise SiteError(f"report.accent must be a colour such as #1f5f8b, not {color!r}")
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    while _contrast_on_white(red, green, blue) < LEAST_CONTRAST:
        red, green, blue = (int(part * 0.95) for part in (red, green, blue))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _contrast_on_white(red: int, green: int, blue: int) -> float:
    """WCAG 2 contrast ratio against white."""

    def linear(part: int) -> float:
        x = part / 255
        return x / 12.92 if x <= 0.04045 else float(((x + 0.055) / 1.055) ** 2.4)

    luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    return 1.05 / (luminance + 0.05)
