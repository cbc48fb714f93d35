"""What stands around the program: the papers, the pins, the image, the way it starts."""

import ast
import http.client
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from django.core.management import get_commands

from .conftest import ROOT
from .live import free_port
from .patience import within

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
REQUIREMENTS = [
    ROOT / "requirements.txt",
    ROOT / "tests" / "requirements.txt",
    ROOT / "deploy" / "s3.txt",
]
SCRIPTS = [
    ROOT / ".ci" / "run",
    *sorted((ROOT / "deploy").rglob("*.sh")),
    ROOT / "tests" / "system_packages.sh",
]
SETTINGS = ROOT / "iontoinfo" / "settings.py"
NOT_OURS = {".git", ".venv", "var", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
SERVING = "gunicorn --config deploy/gunicorn.conf.py"

by_name = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# --- The papers ---------------------------------------------------------------------------------


@by_name
def test_every_link_of_a_paper_leads_somewhere(paper):
    text = paper.read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    own = {link.partition("#")[0] for link in links if "://" not in link} - {""}
    assert not [link for link in own if not (paper.parent / link).exists()]


@by_name
def test_every_path_that_a_paper_names_is_there(paper):
    rooms = "|".join(("treatments", "iontoinfo", "templates", "static", "locale", "fixtures", "deploy", "tests", "docs"))  # fmt: skip
    named = set(re.findall(rf"`((?:{rooms})/[\w./-]*)`", paper.read_text("utf-8")))
    # SLUG, KEY and xx stand for any; what one is to add is not there yet.
    patterns = {re.sub(r"[A-Z]{2,}|\bxx\b", "*", path) for path in named}
    missing = [path for path in patterns if "myth" not in path and not list(ROOT.glob(path))]
    assert not missing


@by_name
def test_every_command_that_a_paper_names_is_there(paper):
    text = paper.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands())


def test_the_readme_begins_with_pictures_and_the_two_commands():
    first_screen = "\n".join(text_of("README.md").splitlines()[:25])
    for wanted in ("docs/bangla.png", "docs/english.png", "make run", "make test"):
        assert wanted in first_screen
    for name in ("bangla", "english"):
        assert (ROOT / "docs" / f"{name}.png").stat().st_size <= 150 * 1024


def variables_read(path: Path) -> set[str]:
    """The environment variables that a module asks for, by name."""
    readers = {"optional", "required", "choice", "number", "directory"}
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            asks = getattr(node.func, "id", getattr(node.func, "attr", ""))
            name = str(node.args[0].value)
            if asks in readers and re.fullmatch(r"[A-Z][A-Z_]+", name):
                names.add(name)
    return names


def test_the_papers_list_every_setting_and_no_other():
    listed = set(re.findall(r"^\| `([A-Z_]+)` ", text_of("docs/settings.md"), re.MULTILINE))
    assert {"SECRET_KEY", "STATIC_ROOT", "DATABASE_URL"} <= variables_read(SETTINGS)
    assert listed == variables_read(SETTINGS)


@pytest.mark.parametrize("script", ["install.sh", "update.sh"])
def test_a_script_for_servers_says_who_runs_it_and_where_it_cannot(script):
    def run(*arguments):
        command = ["bash", ROOT / "deploy" / script, *arguments]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    assert "Run it as root." in run("--help").stdout
    done = run("--dry-run", "--name", "none" * 5)
    assert done.returncode == 1 and done.stderr.startswith("Error: ")


# --- Packages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_package_is_pinned_with_hashes_and_nowhere_it_comes_from(path):
    entries = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==[\w.]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry and "index" not in entry.split("==")[1], entry


def test_every_file_with_pins_is_one_that_make_lock_writes():
    pinned = [
        path.relative_to(ROOT)
        for path in ROOT.rglob("*.txt")
        if not NOT_OURS & {*path.relative_to(ROOT).parts} and "--hash=" in path.read_text("utf-8")
    ]
    written = re.findall(r"--output-file (\S+)", text_of("Makefile"))
    assert sorted(map(str, pinned)) == sorted(written)


def test_the_tests_run_on_the_very_packages_of_the_site():
    def pins(path):
        return set(re.findall(r"^\S+==\S+", path.read_text("utf-8"), re.MULTILINE))

    assert pins(REQUIREMENTS[0]) | pins(REQUIREMENTS[2]) <= pins(REQUIREMENTS[1])


def test_no_file_says_where_packages_come_from():
    hosts = ["".join(parts).encode() for parts in (("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".org"), ("docker", ".io"), ("ghcr", ".io"))]  # fmt: skip
    files = [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not NOT_OURS & {*path.relative_to(ROOT).parts}
    ]
    assert ROOT / "Dockerfile" in files
    assert not [path for path in files if any(host in path.read_bytes() for host in hosts)]


# --- The image ----------------------------------------------------------------------------------


def test_the_site_is_served_in_one_way_everywhere():
    unit = "deploy/systemd/iontoinfo.service"
    for name in ("Makefile", "deploy/entrypoint.sh", "docs/deployment.md", unit):
        assert SERVING in text_of(name), name
    assert "gunicorn" not in text_of("compose.yaml")


def test_what_the_image_copies_is_there():
    dockerfile = text_of("Dockerfile")
    ignored = text_of(".dockerignore").split()
    for source in re.findall(r"^COPY ([^-]\S*) ", dockerfile, re.MULTILINE):
        assert (ROOT / source).exists(), source
        assert source not in ignored
    for needed in ("treatments", "templates", "static", "locale", "fixtures", "manage.py"):
        assert needed not in ignored


def test_the_image_has_a_python_that_the_site_runs_on_and_no_root():
    dockerfile = text_of("Dockerfile")
    oldest = tomllib.loads(text_of("pyproject.toml"))["project"]["requires-python"].strip(">=")
    used = set(re.findall(r"^FROM python:([\d.]+)", dockerfile, re.MULTILINE))
    assert len(used) == 1
    assert [int(part) for part in used.pop().split(".")] >= [int(p) for p in oldest.split(".")]
    assert re.search(r"^USER iontoinfo$", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile


def services() -> dict[str, dict]:
    return yaml.safe_load(text_of("compose.yaml"))["services"]


@pytest.mark.parametrize("name", services())
def test_a_container_has_no_more_than_it_needs(name):
    service = services()[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert {"mem_limit", "pids_limit", "stop_grace_period"} <= set(service)
    assert all(":size=" in folder for folder in service["tmpfs"])
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])


def test_nginx_and_the_database_share_no_network():
    assert not set(services()["nginx"]["networks"]) & set(services()["database"]["networks"])


def test_the_image_saves_the_database_with_its_own_version():
    server = re.fullmatch(r"postgres:(\d+)-.*", services()["database"]["image"])[1]
    assert f"postgresql-client-{server} " in text_of("Dockerfile")


def test_what_compose_asks_for_is_what_the_papers_write():
    compose, paper = text_of("compose.yaml"), text_of("docs/deployment.md")
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", compose))
    written = re.search(r"cat > \.env <<END\n(.*?)\nEND", paper, re.DOTALL)[1]
    assert asked == {line.partition("=")[0] for line in written.splitlines()}


def test_a_bucket_for_photos_reaches_the_workers_and_their_image():
    compose = text_of("compose.yaml")
    names = {name for name in variables_read(SETTINGS) if name.startswith("MEDIA_")}
    assert "MEDIA_BUCKET" in names
    for name in names:
        assert f"    {name}: ${{{name}:-}}\n" in compose
    assert "      S3: ${MEDIA_BUCKET:+1}\n" in compose
    assert "\nARG S3=\n" in text_of("Dockerfile")


def test_a_container_that_stops_may_finish_its_answers():
    graceful = re.search(r"^graceful_timeout = (\d+)$", text_of("deploy/gunicorn.conf.py"), re.M)[1]
    assert int(services()["web"]["stop_grace_period"].rstrip("s")) > int(graceful)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_can_be_run(path):
    shell = "bash" if "bash" in path.read_text("utf-8").splitlines()[0] else "sh"
    assert os.access(path, os.X_OK)
    assert subprocess.run([shell, "-n", path]).returncode == 0


# --- A server of its own ------------------------------------------------------------------------


def test_what_the_timers_run_is_a_command():
    timers = sorted((ROOT / "deploy" / "systemd").glob("*.timer"))
    run = [
        re.search(r"^Unit=iontoinfo@(\w+)\.service$", text_of(timer), re.M)[1] for timer in timers
    ]
    assert len(run) == 4 and set(run) <= set(get_commands())
    assert [timer.name for timer in timers] == [f"iontoinfo-{name}.timer" for name in run]


def test_a_worker_that_stops_on_a_server_may_finish_its_answers():
    graceful = re.search(r"^graceful_timeout = (\d+)$", text_of("deploy/gunicorn.conf.py"), re.M)[1]
    unit = text_of("deploy/systemd/iontoinfo.service")
    assert int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.M)[1]) > int(graceful)


# --- The way it starts --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    """The entry point at work as in the image: production, its own user's folder, all ready."""
    folder, port = tmp_path_factory.mktemp("container"), free_port()
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "IONTOINFO_MODE": "production",
        "IONTOINFO_VAR": str(folder),
        "STATIC_ROOT": str(folder / "collected"),
        "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
        "PUBLIC_URL": "https://skin.example.org",
        "ALLOWED_HOSTS": "skin.example.org",
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }

    def run(*command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
        )

    def get(path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": "skin.example.org"} | names)
        return connection.getresponse()

    collected = run(sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    with open(folder / "log", "ab") as log:
        server = subprocess.Popen(
            ["deploy/entrypoint.sh", "site"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    healthcheck = [sys.executable, "deploy/healthcheck.py"]
    try:
        within(90, lambda: run(*healthcheck).returncode == 0)
        yield SimpleNamespace(run=run, get=get)
    finally:
        server.terminate()
        server.wait(30)
    assert run(*healthcheck).returncode != 0


def test_a_container_serves_the_shipped_pages_behind_a_proxy_with_tls(container):
    answer = container.get("/bn/treatments/iontophoresis/", X_Forwarded_Proto="https")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"]


def test_a_container_redirects_plain_http_and_refuses_other_hosts(container):
    answer = container.get("/bn/")
    assert (answer.status, answer.headers["Location"]) == (301, "https://skin.example.org/bn/")
    assert container.get("/healthz", Host="127.0.0.1").status == 200
    assert container.get("/bn/", Host="other.example.org").status == 400


def test_a_container_serves_its_static_files(container):
    login = container.get("/admin/login/", X_Forwarded_Proto="https").read().decode()
    sheet = re.search(r'href="(/static/[^"]+\.css)"', login)[1]
    assert container.get(sheet, X_Forwarded_Proto="https").status == 200


def test_a_container_runs_any_other_command_as_it_stands(container):
    made = container.run("deploy/entrypoint.sh", "python", "manage.py", "create_staff", "rina")
    assert "rina can log in now." in made.stdout
    assert container.run("deploy/entrypoint.sh", "false").returncode == 1


def test_preparing_again_changes_nothing(container):
    again = container.run("deploy/entrypoint.sh", "prepare")
    assert (again.returncode, again.stdout) == (0, "Nothing new to load.\n")
