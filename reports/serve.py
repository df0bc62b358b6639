"""A small server of the built sites on this machine: `file://` cannot run a report's queries.

The shell's addresses start at the root, so each site has a host name of its own under
`localhost`, which browsers resolve to this machine: `<engagement>.localhost` is the latest
month, `<month>.<engagement>.localhost` any other. The bare address shows the only engagement,
or the list of them.
"""

import html
import mimetypes
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".js")


def serve(sites: Path, port: int) -> None:
    """Serve every site under `sites` on 127.0.0.1:`port` until interrupted."""
    with make_server(sites, port) as server:
        server.serve_forever()


def make_server(sites: Path, port: int) -> ThreadingHTTPServer:
    """The server of `serve`, not yet started; port 0 takes any free one."""
    handler = type("Handler", (SitesHandler,), {"sites": sites})
    return ThreadingHTTPServer((HOST, port), handler)


def months(sites: Path, engagement: str) -> list[str]:
    """Months of an engagement that have a site, the latest last."""
    folder = sites / engagement
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if (p / "index.html").is_file())


def engagements(sites: Path) -> list[str]:
    """Engagements that have a site."""
    if not sites.is_dir():
        return []
    return sorted(path.name for path in sites.iterdir() if months(sites, path.name))


class SitesHandler(SimpleHTTPRequestHandler):
    """Files of the site that the host name names; a path that is no file's name is a page."""

    protocol_version = "HTTP/1.1"
    sites: Path

    def do_GET(self) -> None:
        """Answer from the site, or with the list of sites."""
        if self._site() is None:
            self._list()
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        """The file for a request, never outside the site."""
        site = self._site()
        root = (site or self.sites / "no such site").resolve()
        asked = (root / unquote(urlsplit(path).path).lstrip("/")).resolve()
        is_inside = asked == root or root in asked.parents
        if is_inside and asked.is_file():
            return str(asked)
        is_page = is_inside and "." not in asked.name.removeprefix(root.name)
        return str(root / "index.html") if is_page else str(root / "no such file")

    def end_headers(self) -> None:
        """Say that pages change with the next publication."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing per request."""

    def _site(self) -> Path | None:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        names = host.split(".")
        known = engagements(self.sites)
        if names[-1] == "localhost" and len(names) in (2, 3):
            engagement = names[-2]
        elif len(known) == 1:
            engagement = known[0]
        else:
            return None
        available = months(self.sites, engagement) if engagement in known else []
        month = names[0] if len(names) == 3 and names[-1] == "localhost" else None
        if not available or (month is not None and month not in available):
            return None
        return self.sites / engagement / (month or available[-1])

    def _list(self) -> None:
        port = self.connection.getsockname()[1]
        items = "".join(
            f'<li><a href="http://{html.escape(name)}.localhost:{port}/">{html.escape(name)}</a></li>'
            for name in engagements(self.sites)
        )
        body = f"<!doctype html><meta charset=utf-8><title>Jalon</title><ul>{items}</ul>".encode()
        self.send_response(HTTPStatus.OK if items else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
