"""The layout of the code, the locks, and what is installed."""

from __future__ import annotations

import ast
import graphlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import geoline

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "geoline"

# In the order of the data: each package imports only from those before it, and from `GROUND`.
PACKAGES = (
    "cache",
    "processes",
    "tables",
    "names",
    "gazetteer",
    "highways",
    "georeferencing",
    "claims",
    "control",
    "front",
    "theatre_folder",
    "ingest",
    "new_theatre",
    "reading",
    "extraction",
    "situation",
    "checking",
    "page",
    "review",
    "export",
    "postgis",
    "publishing",
    "notebook",
    "theatre",
    "cli",
)
GROUND = {"__version__", "errors", "dates", "holder", "libraries", "repr_html"}
MAX_LINES = 600

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "gazetteer",
    "geoline",
    "notebooks",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "seeds",
    "tests",
}


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__main__")


def _imports(path: Path) -> set[tuple[str, ...]]:
    """List what a file imports of geoline, at its top or inside functions, by its parts."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {tuple(name.split(".")[1:]) for name in names if name.startswith("geoline.")}
    return found


def _room(path: Path) -> tuple[str, ...]:
    """Give the folder that a file stands in, or that a file at the top is."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] or parts


def _rooms_imported(path: Path) -> set[tuple[str, ...]]:
    """List the folders from which a file imports."""
    return {
        next(
            name[:length]
            for length in range(len(name), -1, -1)
            if not length or (PACKAGE.joinpath(*name[:length])).is_dir()
        )
        or name[:1]
        for name in _imports(path)
    }


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_packages_import_one_way(path: Path) -> None:
    """The folders stop being the flow of the data; one stage cannot be read without all others."""
    room = _room(path)[0]
    if room == "__init__":
        return
    if room in GROUND:
        earlier = GROUND
    else:
        assert room in PACKAGES, f"give {room} its place in PACKAGES"
        earlier = {*GROUND, *PACKAGES[: PACKAGES.index(room) + 1]}
    later = {name[0] for name in _imports(path)} - earlier
    assert not later, f"{room} imports {sorted(later)}, which do not come before it"


def test_folders_within_a_package_import_one_way() -> None:
    """Two folders of a package feed on each other, and neither can be read first."""
    feeds: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for path in _modules():
        others = {o for o in _rooms_imported(path) if o[0] == _room(path)[0]} - {_room(path)}
        feeds.setdefault(_room(path), set()).update(others)
    graphlib.TopologicalSorter(feeds).prepare()  # raises CycleError, which names the circle


def test_every_package_says_what_it_is() -> None:
    """A folder would stand in the flow of the data, and nobody be told what it does."""
    rooms = {path.parent for path in _modules()}
    for room in rooms:
        tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), room
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in PACKAGES if f"`{name}`" not in page] == []
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} == {
        name for name in PACKAGES if name != "theatre"
    }


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_packages_import_from_faces(path: Path) -> None:
    """What is inside a package cannot be moved without breaking others."""
    deep = set()
    for name in _imports(path):
        folders = [n for n in range(len(name)) if PACKAGE.joinpath(*name[:n]).is_dir()]
        if name[0] != _room(path)[0] and len(name) > max(folders) + 1 > 1:
            deep.add(".".join(name))
    assert not deep, f"import {sorted(deep)} from the face of the package"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short(path: Path) -> None:
    """A module outgrows what one reads in a sitting."""
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES, f"{lines} lines: split it"


def test_top_level_holds_only_what_belongs_there() -> None:
    """The few files that a newcomer looks for drown among others."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {line.partition("/")[0].strip('"') for line in listed.splitlines()} <= TOP_LEVEL


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", text, flags=re.MULTILINE))


def test_locks_agree_with_the_project() -> None:
    """`make map` installs too little, or the tests pass on other versions than users get."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = _pins("requirements.lock"), _pins("requirements-dev.lock")
    groups = project["dependency-groups"]

    def missing(requirements: list[str], pins: dict[str, str]) -> set[str]:
        return {re.split(r"[^\w.-]", requirement)[0] for requirement in requirements} - set(pins)

    assert not missing(project["project"]["dependencies"] + groups["build"], runtime), "make lock"
    assert not missing(groups["dev"] + groups["docs"], dev), "make lock"
    assert runtime.items() <= dev.items(), "make lock"


def test_locks_name_no_machine() -> None:
    """A lock made on one machine does not install on another."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"://|^-|file:|index-url|(?<!\w)/\w", text, flags=re.MULTILINE)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.pyi")), ids=str)
def test_faces_hand_on_what_they_list(path: Path) -> None:
    """A documented name is missing, or an internal one becomes something to rely on."""
    name = ".".join(path.relative_to(ROOT).parts[:-1])
    face = importlib.import_module(name)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bound = {"__version__"} if face is geoline else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            bound |= {alias.asname or alias.name for alias in node.names}
    (listed,) = (ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign))
    assert listed == list(dict.fromkeys(listed))
    assert set(face.__all__) == bound == set(listed)
    for exported in face.__all__:
        assert getattr(face, exported) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(face, "no_such_name")  # noqa: B009  (mypy knows that there is none)


LARGE = re.compile(
    r"^(?:import|from) (geopandas|pandas|pyproj|pyogrio|scipy|folium)\b", re.MULTILINE
)
# What these do is done with such a library, and nothing else asks for them.
WITH_LARGE = ("export", "new_theatre/world/", "page/folium_map", "situation/change_table")


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_large_libraries_are_loaded_when_used(path: Path) -> None:
    """One import at the head of one file, and every command waits a second longer."""
    if not str(path.relative_to(PACKAGE).as_posix()).startswith(WITH_LARGE):
        found = LARGE.findall(path.read_text(encoding="utf-8"))
        assert not found, f"take {found[0]} from geoline.libraries, which loads it when it is used"


def test_import_is_quick() -> None:
    """Every command, even `geoline --help`, waits for libraries that it does not use."""
    program = (
        "import time; start = time.perf_counter(); import geoline; took = time.perf_counter()"
        " - start; import json, sys; print(json.dumps([took, sorted(sys.modules)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    took, modules = json.loads(run.stdout)
    assert not {"folium", "geopandas", "pandas", "resiliparse", "scipy", "shapely"} & set(modules)
    assert took < 1, f"import geoline takes {took:.1f} s"


@pytest.fixture(scope="module")
def installed_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder into which the wheel, built from a copy of the checkout, is unpacked."""
    source = tmp_path_factory.mktemp("checkout")
    for name in ("geoline", "gazetteer", "seeds"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source],
        check=True,
        capture_output=True,
    )
    (wheel,) = out.glob("geoline-*-py3-none-any.whl")
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_wheel_holds_code_data_and_page(installed_wheel: Path) -> None:
    """An installed geoline lacks a module, the bundled theatre, or what its page is made of."""
    data = {
        f"_data/{name}/{file}" for name in ("gazetteer", "seeds") for file in _files(ROOT / name)
    }
    assert _files(installed_wheel / "geoline") == _files(PACKAGE) | data
    for name in ("py.typed", "page", "_data/gazetteer", "_data/seeds"):
        assert (installed_wheel / "geoline" / name).exists(), name
    assert {path.name for path in installed_wheel.iterdir()} == {
        "geoline",
        f"geoline-{geoline.__version__}.dist-info",
    }


def test_installed_wheel_carries_licences_and_credits(installed_wheel: Path) -> None:
    """Data would be passed on without the names that their licences ask for."""
    metadata = next(installed_wheel.glob("*.dist-info/METADATA")).read_text(encoding="utf-8")
    assert "License-Expression: MIT AND BSD-2-Clause AND CC-BY-4.0 AND CC-BY-3.0-IGO" in metadata
    assert len(re.findall(r"^License-File: ", metadata, flags=re.MULTILINE)) == 2
    data = installed_wheel / "geoline" / "_data"
    said = "".join(path.read_text(encoding="utf-8") for path in data.rglob("README.md"))
    for whom in ("Who's On First", "GeoNames", "OCHA", "UCDP", "ACLED", "Natural Earth"):
        assert whom in metadata, whom  # the README
        assert whom in said, whom


def test_installed_wheel_works_outside_a_checkout(installed_wheel: Path, tmp_path: Path) -> None:
    """`pip install geoline` gives a command that finds no theatre."""
    program = (
        "import geoline; theatre = geoline.load_theatre(); print(geoline.__file__);"
        " print(len(theatre.claims))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed_wheel)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    file, claims = run.stdout.split("\n")[:2]
    assert Path(file).is_relative_to(installed_wheel)
    assert int(claims) > 0
