"""Runs the command line once for each project and format, and hands what it wrote to the readers.

`STANDPOINT` names the program; `scripts/conformance.sh` sets it.
"""

import os
import subprocess
from pathlib import Path

# None of the readers is to look for anything outside this machine.
os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TQDM_DISABLE="1")

import pytest

from expected import Project

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("STANDPOINT", str(ROOT / "target" / "debug" / "standpoint"))
# What the program wrote stays there to be looked at.
OUT = Path(os.environ.get("STANDPOINT_CONFORMANCE", ROOT / "target" / "conformance"))
ONE_ANNOTATOR = ["worked", "seeds", "nasty", "tabs"]


class Program:
    """The command line."""

    def __init__(self):
        self.done = {}

    def run(self, *arguments):
        """Exit status, standard output and standard error as one text."""
        try:
            done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=120)
        except FileNotFoundError:
            pytest.fail(f"there is no program {PROGRAM}", pytrace=False)
        assert "panicked" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def convert(self, inputs, to, name, *more):
        """Converts files and returns the folder with what was written."""
        key = (name, to, more)
        if key not in self.done:
            # Options are part of the folder's name, but for places on this machine.
            out = OUT.joinpath("-".join([name, to, *[word.strip("-") for word in more if "/" not in word]]))
            if out.exists():
                for path in sorted(out.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()
            out.mkdir(parents=True, exist_ok=True)
            code, said = self.run("convert", *inputs, "--to", to, "--out", out, *more)
            (OUT / f"{out.name}.txt").write_text(said, encoding="utf-8")
            self.done[key] = (code, said, out)
        code, said, out = self.done[key]
        if code != 0:
            pytest.fail(f"convert --to {to} ended with {code}:\n{said}", pytrace=False)
        return out

    def write(self, project, to, *more):
        return self.convert([project.path], to, project.name, *more)

    def back(self, inputs, name, *more):
        """What the program reads of foreign files, as a project."""
        out = self.convert(inputs, "project", name, "--lenient", *more)
        (file,) = out.rglob("*.json")
        return file


@pytest.fixture(scope="session")
def program():
    return Program()


@pytest.fixture(scope="session", params=ONE_ANNOTATOR)
def project(request):
    """Each project that one person worked on."""
    return Project(request.param)


@pytest.fixture(scope="session")
def several():
    """The project that two people worked on."""
    return Project("several")
