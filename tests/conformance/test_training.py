"""Training JSONL, read by Hugging Face's datasets, by pandas and by Python's own json."""

import json
from pathlib import Path

import pandas
from datasets import load_dataset

from expected import Project


def check_row(row, article, names):
    """`row` says of `article` what the project says. Reading is done: everything is plain Python here."""
    text = row["text"]
    assert text == article.text
    assert [span["id"] for span in row["spans"]] == [span.id for span in article.spans]
    for found, span in zip(row["spans"], article.spans):
        fragments = [(fragment["start"], fragment["end"]) for fragment in found["fragments"]]
        assert fragments == span.fragments
        assert [text[start:end] for start, end in fragments] == span.words
        assert (found["label"], found["start"], found["end"]) == (span.label, span.start, span.end)
        if len(span.words) == 1:
            assert found["text"] == span.words[0] == text[found["start"] : found["end"]]
        assert {item["name"]: item["value"] for item in found["attributes"]} == span.attributes
        assert found["entity"] == (span.entity or "")
        assert found["note"] == span.note
        assert found["annotator"] == names[span.annotator]
        # Its tokens cover it, and no token more than needed does.
        tokens = row["tokens"][found["token_start"] : found["token_end"]]
        assert tokens[0]["end"] > span.start and tokens[0]["start"] <= span.start + len(span.words[0]) - len(span.words[0].lstrip())
        assert tokens[-1]["start"] < span.end and tokens[-1]["end"] >= span.start + len(text[span.start : span.end].rstrip())
    ends = [(token["start"], token["end"]) for token in row["tokens"]]
    assert all(start < end for start, end in ends)
    assert all(before[1] <= after[0] for before, after in zip(ends, ends[1:]))
    between = [text[a:b] for (_, a), (b, _) in zip([(0, 0), *ends], [*ends, (len(text), 0)])]
    assert not any(gap.strip() for gap in between), "tokens leave out nothing but white space"
    roles = {frame["span"]: [(filled["role"], filled["span"] or None) for filled in frame["roles"]] for frame in row["frames"]}
    for span in article.spans:
        if span.links:
            assert [(role, target) for role, target in roles[span.id] if target] == span.links
        entities = [entity for _, target, entity in span.roles if entity]
        found = [filled["entity"] for frame in row["frames"] if frame["span"] == span.id for filled in frame["roles"] if not filled["span"]]
        assert found == entities


def test_datasets(program, project, tmp_path):
    file = program.write(project, "training") / "training.jsonl"
    rows = load_dataset("json", data_files=str(file), cache_dir=str(tmp_path), split="train")
    assert len(rows) == len(project.articles)
    for row, article in zip(rows, project.articles):
        check_row(row, article, project.annotators)


def test_features_are_the_same_whatever_articles_hold(program, tmp_path):
    """Articles without attributes, notes and roles fit into one table with those that have them, in either order.

    datasets makes features of what it sees first, and of lists that are all empty it makes lists of nothing: over several
    files it has to be told the features, those of a file that has everything.
    """
    names = ["several", "nasty", "worked", "seeds"]
    files = [str(program.write(Project(name), "training") / "training.jsonl") for name in names]
    load = lambda files, name, features=None: load_dataset("json", data_files=files, cache_dir=str(tmp_path / name), split="train", features=features)
    alone = [load(file, name) for file, name in zip(files, names)]
    assert len({tuple(rows.features) for rows in alone}) == 1, "the same columns in the same order"
    full = alone[names.index("nasty")].features
    assert "null" not in str(full)
    for order in [files, files[::-1]]:
        rows = load(order, f"from-{Path(order[0]).parent.name}", full)
        assert rows.features == full
        assert len(rows) == sum(len(Project(name).articles) for name in names)
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(b"".join(Path(file).read_bytes() for file in files))
    assert load(str(mixed), "mixed").features == full, "one file with all of them needs no telling"


def test_pandas(program, project):
    file = program.write(project, "training") / "training.jsonl"
    rows = pandas.read_json(file, lines=True, convert_dates=False)
    for row, article in zip(rows.to_dict(orient="records"), project.articles):
        check_row(row, article, project.annotators)


def test_json_line_by_line(program, project, several):
    for one in [project, several]:
        file = program.write(one, "training") / "training.jsonl"
        with open(file, encoding="utf-8") as lines:
            for line, article in zip(lines, one.articles, strict=True):
                row = json.loads(line)
                assert row["text"] == article.text
                for span in row["spans"]:
                    for fragment in span["fragments"]:
                        assert row["text"][fragment["start"] : fragment["end"]]
    names = sorted(span["annotator"] for line in open(program.write(several, "training") / "training.jsonl", encoding="utf-8") for span in json.loads(line)["spans"])
    assert names == sorted(several.annotators[span.annotator] for article in several.articles for span in article.spans)
