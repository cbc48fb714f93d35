"""The file of a backup: one bit changed anywhere, and it is refused."""

import hashlib
import io
import json
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from treatments.keeping import archive, programs
from treatments.keeping.archive import NotABackup

from .looking import backup_in, refused, run


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> bytes:
    """A backup of a database with one row, and of a photo."""
    folder = tmp_path_factory.mktemp("small")
    with closing(sqlite3.connect(folder / "db")) as database:
        database.executescript(
            "PRAGMA page_size = 512; CREATE TABLE a (b); INSERT INTO a VALUES (1)"
        )
    (folder / "photo").write_bytes(b"photo")
    file = io.BytesIO()
    writer = archive.Writer(file)
    writer.add("database.sqlite3", folder / "db")
    writer.add("media/photo", folder / "photo")
    about = {"made_at": "2026-03-09T04:00:00+00:00", "rows": {"a": 1}, "photos_in_bucket": ""}
    writer.finish(database="sqlite", migrations=("treatments.0001_initial",), **about)
    return file.getvalue()


def check(data: bytes, folder) -> archive.Manifest:
    (folder / "file").write_bytes(data)
    return archive.check(folder / "file", folder)


def test_every_changed_byte_is_noticed(small, tmp_path):
    """Also in headers and padding, of which neither gzip nor tar takes notice."""
    assert check(small, tmp_path).photos == ["media/photo"]
    ends = 40  # the headers of gzip, and the seal
    for place in {
        *range(ends),
        *range(ends, len(small), 3),
        *range(len(small) - 2 * ends, len(small)),
    }:
        damaged = bytearray(small)
        damaged[place] ^= 1 << place % 8
        with pytest.raises(NotABackup):
            check(bytes(damaged), tmp_path)


@pytest.mark.parametrize("cut", [1, 30, archive.SEAL_SIZE, 500])
def test_a_file_that_is_not_whole_or_has_more_is_refused(small, tmp_path, cut):
    for data in (small[:-cut], small + bytes(cut), small + small, b""):
        with pytest.raises(NotABackup):
            check(data, tmp_path)


def test_a_seal_alone_makes_no_backup(tmp_path):
    """Sealed again by somebody: what its manifest does not list is refused, and what leaves the folder."""
    for name in ("../outside", "/outside", "media/more"):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        data = file.getvalue()
        with pytest.raises(NotABackup):
            check(data + archive._seal(hashlib.sha256(data).digest()), tmp_path)
        assert not (tmp_path / "outside").exists()


def sealed(members: dict[str, bytes], path: Path) -> Path:
    """Somebody's own archive, which has a right seal."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    data = file.getvalue()
    path.write_bytes(data + archive._seal(hashlib.sha256(data).digest()))
    return path


def listed(data: bytes) -> dict[str, object]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"null", b"[]", b"7", b"[" * 100_000, b"\xff", {"format": 2}, {"format": None},
        {"database": []}, {"database": "mysql"}, {"rows": 5}, {"rows": {"a": "1"}}, {"rows": None},
        {"rows": {"\x1b[2J": 1}}, {"made_at": "\x1b[2J"}, {"made_at": None}, {"made_at": []},
        {"migrations": 5}, {"migrations": []}, {"migrations": ["treatments.\x1b[2J"]},
        {"migrations": [["treatments.0001"]]}, {"photos_in_bucket": "\x1b[2J"}, {"members": 5},
        {"members": []}, {"members": {"database.sqlite3": 5}}, {"photos_in_bucket": None},
    ],
)  # fmt: skip
def test_a_manifest_that_somebody_made_up_is_refused_in_a_line(here, small, manifest):
    (here / "small").write_bytes(small)
    members = {name: file.read() for name, file in archive._members(here / "small")}
    if isinstance(manifest, dict):
        manifest = json.dumps(json.loads(members[archive.MANIFEST]) | manifest).encode()
    path = sealed(members | {archive.MANIFEST: manifest}, here / "made-up.tar.gz")
    for command in ("verify_backup", "restore"):
        said = refused(command, path)
        assert "made-up.tar.gz cannot be read as a backup" in said and said.isprintable()


@pytest.mark.parametrize(
    "name",
    [
        "media//tmp/x",
        "media/..\\x",
        "media/",
        "media",
        "other",
        "media/../x",
        "media/a\x1b[2J\\..\\b",
    ],
)
def test_a_photo_that_would_leave_its_folder_is_refused_in_a_line(here, small, name):
    (here / "small").write_bytes(small)
    members = {each: file.read() for each, file in archive._members(here / "small")}
    manifest = json.loads(members.pop(archive.MANIFEST))
    manifest["members"][name] = listed(b"photo")
    members |= {name: b"photo", archive.MANIFEST: json.dumps(manifest).encode()}
    for command in ("verify_backup", "restore"):
        said = refused(command, sealed(members, here / "made-up.tar.gz"))
        assert "is no file of a backup" in said and said.isprintable()


# --- Encrypted ----------------------------------------------------------------------------------


class Key(NamedTuple):
    file: Path
    public: str  # the recipient


def new_key(folder: Path) -> Key:
    file = folder / "key"
    subprocess.run(["age-keygen", "-o", file], check=True, capture_output=True)
    return Key(file, subprocess.check_output(["age-keygen", "-y", file], text=True).strip())


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> Key:
    return new_key(tmp_path_factory.mktemp("key"))


def test_an_encrypted_backup_opens_with_its_key_alone(here, key):
    run("backup", recipient=key.public)
    path = backup_in(here)
    assert path.name.endswith(".tar.gz.age") and path.stat().st_mode & 0o777 == 0o600
    assert "ends in .tar.gz.age" in refused("backup", here / "a.tar.gz", recipient=key.public)
    assert "name the key's file with --identity" in refused("verify_backup", path)
    assert "is whole" in run("verify_backup", path, identity=key.file)
    missing = refused("verify_backup", path, identity=here / "no-key")
    assert missing.startswith(f"There is no file {here / 'no-key'}")
    assert "age failed" in refused("verify_backup", path, identity=new_key(here).file)


def test_every_changed_part_of_an_encrypted_backup_is_noticed(here, small, key, tmp_path):
    plain, encrypted = tmp_path / "plain", tmp_path / "small.age"
    plain.write_bytes(small)
    with encrypted.open("wb") as file:
        programs.encrypt(plain, file, key.public)
    data = encrypted.read_bytes()
    for place in range(0, len(data), 101):
        damaged = bytearray(data)
        damaged[place] ^= 1
        encrypted.write_bytes(damaged)
        refused("verify_backup", encrypted, identity=key.file)


def test_a_wrong_recipient_or_no_age_is_said_before_anything_is_done(here, monkeypatch):
    assert "malformed recipient" in refused("backup", recipient="age1mistyped")
    monkeypatch.setenv("PATH", str(here))
    assert "apt-get install age" in refused("backup", recipient="age1whatever")
    assert not (here / "backups").exists()
