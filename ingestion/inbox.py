"""What lies in the inbox of an engagement: files, their hashes and the sidecars of transcripts.

Belongs here: walking the folders and telling files from what is none. Does not belong here: what is
in a file (readers) and what became of it (snapshot).
"""

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ingestion.config import EngagementConfig, validate
from ingestion.config_sources import TranscriptAbout
from ingestion.parsed import FileKind
from ingestion.yaml_reading import YamlDocument, read_yaml

_CHUNK = 1 << 20
_SIDECARS = (".yaml", ".yml")
_LITTER = {"thumbs.db", "desktop.ini", "icon\r"}
_HALF_COPIED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")


@dataclass(frozen=True)
class InboxFile:
    """One entry of the inbox.

    Attributes:
        path: where it is.
        relative: POSIX path below the inbox.
        kind: the folder's kind, None where it lies in none of them.
        sha256: hash of the content; of the name where the entry must not be opened.
        problem: why it is not even read, "" if it is.
        is_held: whether the problem goes away by itself or by a line of config.
    """

    path: Path
    relative: str
    kind: FileKind | None
    sha256: str
    problem: str = ""
    is_held: bool = False

    @property
    def suffix(self) -> str:
        """The extension in lower case, without anything that could be a name."""
        suffix = self.path.suffix.lower()
        return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""

    @property
    def below_kind(self) -> str:
        """POSIX path below the kind's folder."""
        return self.relative.partition("/")[2] or self.relative

    @property
    def label(self) -> str:
        """How the file is named where its real name must not be stored."""
        return f"{self.kind or 'inbox'}/{self.sha256[:8]}{self.suffix}"


@dataclass(frozen=True)
class Inbox:
    """All files in natural order of their paths, and the sidecars by the file they belong to."""

    files: tuple[InboxFile, ...]
    sidecars: dict[str, TranscriptAbout]


def read_inbox(folder: Path, config: EngagementConfig) -> Inbox:
    """Walk the inbox of an engagement folder.

    Raises:
        InputError: a sidecar of a transcript is wrong.
    """
    root = folder / "inbox"
    paths = [p for p in root.rglob("*") if not _is_litter(p.relative_to(root))]
    entries = sorted(
        (p for p in paths if p.is_symlink() or not p.is_dir()),
        key=lambda p: natural_key(p.relative_to(root).as_posix()),
    )
    names = {p.relative_to(root).as_posix() for p in entries}
    files, sidecars = [], {}
    for path in entries:
        relative = path.relative_to(root).as_posix()
        owner = relative.removesuffix(path.suffix)
        is_transcript = relative.startswith(f"{FileKind.TRANSCRIPT}/")
        if is_transcript and path.suffix.lower() in _SIDECARS and _is_plain(path):
            if owner in names:
                document = read_yaml(path)
                sidecars[owner] = validate(document, TranscriptAbout)
                _check_team(document, sidecars[owner], config)
                continue
            problem = f"no transcript {Path(owner).name} stands beside it; rename it after its file"
            files.append(_entry(path, relative, problem))
        else:
            files.append(_entry(path, relative))
    return Inbox(tuple(files), sidecars)


def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sorts `export 2` before `export 10`, and `export` before `export_v2`."""
    parts = re.split(r"(\d+)", re.sub(r"\.[^./]*$", "", text).casefold())
    return tuple((0, int(p)) if p.isdecimal() else (1, p) for p in [*parts, text])


def _check_team(document: YamlDocument, about: TranscriptAbout, config: EngagementConfig) -> None:
    for label, speaker in about.speakers.items():
        team = getattr(speaker, "team", None)
        if team is not None and team not in config.settings.teams:
            raise document.error(("speakers", label), f"no team {team} in engagement.yaml")


def _is_litter(relative: Path) -> bool:
    return (
        any(part.startswith((".", "~$", "__MACOSX")) for part in relative.parts)
        or relative.name.lower() in _LITTER
    )


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _entry(path: Path, relative: str, problem: str = "") -> InboxFile:
    top = relative.partition("/")[0]
    kind = FileKind(top) if "/" in relative and top in set(FileKind) else None
    of_name = hashlib.sha256(relative.encode(errors="surrogateescape")).hexdigest()
    if not _is_plain(path):
        problem = "no regular file (a link, a pipe or a device); put the file itself here"
        return InboxFile(path, relative, kind, of_name, problem)
    if path.suffix.lower() in _HALF_COPIED:
        problem = "still being copied, by its name; it is read once it has its final name"
        return InboxFile(path, relative, kind, of_name, problem, is_held=True)
    try:
        content = _hash(path)
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); check its permissions"
        return InboxFile(path, relative, kind, of_name, problem)
    if kind is None and not problem:
        problem = f"lies in no inbox folder; move it to one of {', '.join(FileKind)}"
    return InboxFile(path, relative, kind, content, problem)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
