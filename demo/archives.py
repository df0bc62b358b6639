"""Office files whose bytes depend on their content alone.

Belongs here: taking the clock out of DOCX and XLSX packages. Does not belong here: their content.
"""

import io
import re
import zipfile

_LONG_AGO = (2025, 12, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def without_clock(package: bytes) -> bytes:
    """The same package with fixed times on its members and in its core properties."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>2025-12-01T00:00:00Z", content)
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return out.getvalue()
