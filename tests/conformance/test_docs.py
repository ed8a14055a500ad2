"""The Python of docs/formats.md runs on the files that it is about."""

import re

import pytest

from conftest import ROOT

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "formats.md").read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_three():
    assert len(BLOCKS) == 3


@pytest.mark.parametrize("block", range(3))
def test_an_example_runs(program, project, block, tmp_path, monkeypatch):
    for format in ["training", "prodigy"]:
        file = f"{format}.jsonl"
        (tmp_path / file).write_bytes((program.write(project, format) / file).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    exec(compile(BLOCKS[block], "docs/formats.md", "exec"), {})
