"""A small server of built sites on this machine only: `file://` cannot run the report's queries."""

import mimetypes
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".js")


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one site; a path without a file name's ending is a page, so index.html."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        """The file for a request, never outside the site."""
        root = Path(self.directory).resolve()
        asked = (root / unquote(urlsplit(path).path).lstrip("/")).resolve()
        is_inside = asked == root or root in asked.parents
        if is_inside and asked.is_file():
            return str(asked)
        is_page = is_inside and "." not in asked.name
        return str(root / "index.html") if is_page else str(root / "no such file")

    def end_headers(self) -> None:
        """Say that pages may change with the next publication."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing per request."""


def make_server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of the site in `site` on 127.0.0.1:`port` (0: any free one), not yet started."""
    return ThreadingHTTPServer((HOST, port), partial(SiteHandler, directory=str(site)))
