"""The file of a backup: `tar.gz`, with a manifest as its last member and a seal after it.

gzip and tar look at most of what they read, but not at padding or at their own headers. The seal is
an empty gzip member whose comment is the SHA-256 of all bytes before it, so that any bit that has
changed is noticed, and `tar xzf` still reads the file.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from . import KeepingError

FORMAT = 1
MANIFEST = "manifest.json"
PHOTOS = "media"  # the folder of the photos' files
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}  # the member, by the kind
CHUNK = 1024 * 1024
T = TypeVar("T")


class NotABackup(KeepingError):
    """The file is not what `backup` wrote, or not any more."""


@dataclass(frozen=True)
class Manifest:
    made_at: str  # ISO 8601, in UTC
    database: str  # "sqlite" or "postgresql"
    migrations: tuple[str, ...]  # all that were applied, as "app.name"
    rows: Mapping[str, int]  # by table
    photos_in_bucket: str  # its name, where the photos are not in the file
    members: Mapping[str, Mapping[str, object]]  # by name: `size` in bytes and `sha256`

    @property
    def photos(self) -> list[str]:
        return [name for name in self.members if name.startswith(f"{PHOTOS}/")]


# --- Writing ------------------------------------------------------------------------------------


class _Hashed:
    """A file that is read or written in passing, and the digest of what passed."""

    def __init__(self, file: BinaryIO):
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def _note(self, data: bytes) -> None:
        self.sha256.update(data)
        self.size += len(data)

    def write(self, data: bytes) -> int:
        self._note(data)
        return self.file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self._note(data)
        return data

    def flush(self) -> None:
        self.file.flush()


class Writer:
    """Writes a backup into a file that is open for it."""

    def __init__(self, file: BinaryIO):
        self._file = _Hashed(file)
        self._gzip = gzip.GzipFile("", "wb", compresslevel=6, fileobj=self._file, mtime=0)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w")  # noqa: SIM115
        self.members: dict[str, Mapping[str, object]] = {}

    def add(self, name: str, path: Path) -> None:
        """Raises OSError, FileNotFoundError among them, before anything of it is written."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            info = tarfile.TarInfo(name)  # a file of its own, also where it is one by two names
            info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o600
            hashed = _Hashed(file)
            self._tar.addfile(info, hashed)
        self.members[name] = {"size": hashed.size, "sha256": hashed.sha256.hexdigest()}

    def finish(self, **about: object) -> Manifest:
        """Takes what the manifest says beside its members."""
        manifest = Manifest(members=self.members, **about)
        text = json.dumps({"format": FORMAT} | asdict(manifest), indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, BytesIO(text))
        self._tar.close()
        self._gzip.close()
        self._file.file.write(_seal(self._file.sha256.digest()))
        return manifest


def _seal(digest: bytes) -> bytes:
    """An empty gzip member with a comment; see RFC 1952."""
    comment = b"sha256:" + digest.hex().encode() + b"\0"
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\xff" + comment + b"\x03\0" + bytes(8)


SEAL_SIZE = len(_seal(bytes(32)))

# --- Reading ------------------------------------------------------------------------------------


def check(path: Path, folder: Path) -> Manifest:
    """Reads a backup from end to end, and leaves its database in a folder.

    Raises NotABackup where a single bit is not as it was written.
    """
    _check_seal(path)
    found: dict[str, Mapping[str, object]] = {}
    text = b""
    try:
        for name, file in _members(path):
            hashed = _Hashed(file)
            if name in found:
                raise ValueError(f"{name!r} is in it twice")
            if name == MANIFEST:
                text = hashed.read()
                continue
            if name in DATABASE.values():
                with (folder / name).open("xb") as target:
                    shutil.copyfileobj(hashed, target, CHUNK)
            while hashed.read(CHUNK):
                pass
            found[name] = {"size": hashed.size, "sha256": hashed.sha256.hexdigest()}
        manifest = _manifest(text)
    except (
        tarfile.TarError,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,  # of JSON in JSON in JSON
    ) as error:
        raise NotABackup(f"{path} cannot be read as a backup: {error}") from error
    if found != manifest.members or DATABASE[manifest.database] not in found:
        raise NotABackup(f"{path} does not hold what its manifest lists.")
    return manifest


def photos(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """The photos of a backup that has been checked: their names in the storage, and open files."""
    for name, file in _members(path):
        if name.startswith(f"{PHOTOS}/"):
            yield name.removeprefix(f"{PHOTOS}/"), file


def _check_seal(path: Path) -> None:
    left = path.stat().st_size - SEAL_SIZE
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            raise NotABackup(f"{path} is no backup of this site.")
        file.seek(0)
        while left > 0 and (data := file.read(min(CHUNK, left))):
            digest.update(data)
            left -= len(data)
        if left or file.read() != _seal(digest.digest()):
            raise NotABackup(f"{path} is damaged or not whole: use another backup.")


def _members(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Each of its files; one that would leave its folder raises ValueError."""
    with gzip.open(path) as unzipped, tarfile.open(fileobj=unzipped, mode="r|") as tar:
        for info in tar:
            if not info.isreg() or not _is_of_a_backup(info.name):
                raise ValueError(f"{info.name!r} is no file of a backup")
            yield info.name, tar.extractfile(info)


def _is_of_a_backup(name: str) -> bool:
    """Whether a member's name is one that `backup` writes, which leads out of no folder."""
    if name == MANIFEST or name in DATABASE.values():
        return True
    folder, *rest = name.split("/")
    leads_out = ".." in name.replace("\\", "/").split("/")  # as storages read a name
    return folder == PHOTOS and bool(rest) and all(rest) and not leads_out and "\0" not in name


def _manifest(text: bytes) -> Manifest:
    """Raises ValueError, KeyError or TypeError where it is not what `finish` wrote."""
    plain = _of_type(dict, json.loads(text))
    if _of_type(int, plain["format"]) != FORMAT:
        raise ValueError("it is of a newer release than this program")
    migrations = tuple(map(_word, _of_type(list, plain["migrations"])))
    if not any(name.startswith("treatments.") for name in migrations):
        raise ValueError("its database is not one of this site")
    if plain["database"] not in list(DATABASE):
        raise ValueError("its database is of no kind that is known")
    return Manifest(
        made_at=datetime.fromisoformat(plain["made_at"]).isoformat(),
        database=plain["database"],
        migrations=migrations,
        rows={
            _word(table): _of_type(int, number)
            for table, number in _of_type(dict, plain["rows"]).items()
        },
        photos_in_bucket=_word(plain["photos_in_bucket"]),
        members={
            name: {"size": _of_type(int, each["size"]), "sha256": _word(each["sha256"])}
            for name, each in _of_type(dict, plain["members"]).items()
        },
    )


def _of_type(kind: type[T], value: object) -> T:
    if type(value) is not kind:
        raise TypeError(f"its manifest has {type(value).__name__} for {kind.__name__}")
    return value


def _word(value: object) -> str:
    """A text that a terminal can be given."""
    if not _of_type(str, value).isprintable():
        raise ValueError(f"its manifest has {value!r}")
    return value
