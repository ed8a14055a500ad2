"""The projects themselves are what their script writes, and what we write of them as projects."""

import json

import make_projects
from expected import Project


def test_the_script_writes_them(tmp_path, monkeypatch):
    monkeypatch.setattr(make_projects, "OUT", tmp_path)
    for make in [make_projects.worked, make_projects.seeds, make_projects.nasty, make_projects.several]:
        make()
    kept = {path.name: path.read_bytes() for path in (make_projects.HERE / "projects").glob("*.json")}
    assert kept == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert all(b"\r" not in text for text in kept.values())


def test_they_come_back(program, project):
    back = json.loads((program.write(project, "project") / "project.json").read_text(encoding="utf-8"))
    theirs = json.loads(project.path.read_text(encoding="utf-8"))
    keep = ["id", "article", "annotator", "type", "fragments", "attributes", "roles"]
    only = lambda items: sorted(({key: item[key] for key in keep} for item in items), key=lambda item: (item["article"], item["id"]))
    assert only(back["annotations"]) == only(theirs["annotations"])
    assert [article["text"] for article in back["articles"]] == [article.text for article in project.articles]


def test_no_span_is_for_nothing():
    """The nasty article has what its name says."""
    (article,) = Project("nasty").articles
    said = "".join(article.text)
    for needed in ["\n\n", "\u200d", "\u0308", "\u00a0", "\u00ad", "\u2028", "\t", "<b>", "\"", "م", "🎉", "𝔘"]:
        assert needed in said
    assert any(len(span.fragments) > 2 for span in article.spans)
