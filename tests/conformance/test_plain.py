"""Formats whose programs are no packages: read by Python's json and csv, and by pandas."""

import csv
import json

import pandas
import pytest

from expected import Project

MARKS = "=+-@\t\r"


# Citron: quotes of news text, each with cue, sources and contents.


def citron(program, project):
    folder = program.write(project, "citron")
    return [json.loads((folder / f"{article.id}.json").read_text(encoding="utf-8")) for article in project.articles]


def test_citron_quotes_are_slices(program, project):
    for file, article in zip(citron(program, project), project.articles):
        assert file["text"] == article.text
        for quote in file["quotes"]:
            for one in [quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"]]:
                if one:
                    assert article.text[one["start"] : one["end"]] == one["text"]


def test_citron_has_every_claim(program, project):
    place = lambda items: sorted((one["start"], one["end"]) for one in items)
    for file, article in zip(citron(program, project), project.articles):
        found = [(place(quote["contents"]), place(quote["sources"]), (quote["cue"] or {}).get("text", "")) for quote in file["quotes"]]
        expected = []
        for span in article.spans:
            if span.label == "claim":
                of = lambda name: [article.by_id[target] for role, target in span.links if role == name]
                sources = sorted(fragment for one in of("speaker") for fragment in one.fragments)
                expected.append((sorted(span.fragments), sources, "".join(one.words[0] for one in of("cue")[:1])))
        assert sorted(one for one in found if one[2]) == sorted(one for one in expected if one[2])
        assert all(one in expected for one in found)


# SemEval-2022, structured sentiment: lists of words and of "begin:end".


def slices(article, pair):
    words, places = pair
    assert len(words) == len(places)
    for word, place in zip(words, places):
        begin, end = map(int, place.split(":"))
        assert article.text[begin:end] == word
    return sorted(tuple(map(int, place.split(":"))) for place in places)


def semeval(program, project):
    records = json.loads((program.write(project, "semeval") / "semeval.json").read_text(encoding="utf-8"))
    by_text = {}
    for record in records:
        by_text.setdefault(record["text"], []).append(record)
    return records, by_text


def test_semeval_has_every_stance(program, project):
    records, by_text = semeval(program, project)
    assert len({record["sent_id"] for record in records}) == len(records)
    for article in project.articles:
        (record,) = by_text[article.text]
        found = []
        for opinion in record["opinions"]:
            assert set(opinion) == {"Source", "Target", "Polar_expression", "Polarity", "Intensity"}
            assert opinion["Polarity"] in {"Positive", "Negative", "Neutral", None}
            assert opinion["Intensity"] in {"Standard", "Strong", "Weak", "Slight", "Average", None}
            found.append(tuple(slices(article, opinion[name]) for name in ["Polar_expression", "Source", "Target"]))
        place = lambda span, name: sorted(fragment for role, target in span.links if role == name for fragment in article.by_id[target].fragments)
        expected = [(sorted(span.fragments), place(span, "holder"), place(span, "target")) for span in article.spans if span.label == "stance"]
        assert sorted(one[0] for one in found) == sorted(one[0] for one in expected if one[0] in [other[0] for other in found])
        assert all(one in expected for one in found)
        polar = [span for span in article.spans if span.attributes.get("polarity") in {"favor", "against", "neutral"}]
        assert len(found) >= len(polar)


# CSV: one row a fragment of a span, one row a frame.


def unarmed(cell):
    """A cell without the mark that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in MARKS else cell


@pytest.fixture(params=["csv", "pandas"])
def table(request, program, project):
    folder = program.write(project, "csv")

    def read(name):
        if request.param == "pandas":
            return pandas.read_csv(folder / name, dtype=str, keep_default_na=False).to_dict(orient="records")
        with open(folder / name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


def test_csv_articles(project, table):
    rows = table("articles.csv")
    key = "article" if "article" in rows[0] else "id"
    assert [row[key] for row in rows] == [article.id for article in project.articles]
    for row, article in zip(rows, project.articles):
        assert None not in row
        if "text" in row:
            assert unarmed(row["text"]).replace("\r\n", "\n") == article.text


def test_csv_spans(project, table):
    rows = table("spans.csv")
    texts = {article.id: article.text for article in project.articles}
    found = []
    for row in rows:
        assert None not in row and None not in row.values()
        start, end = int(row["start"]), int(row["end"])
        assert unarmed(row["text"]).replace("\r\n", "\n") == texts[row["article"]][start:end]
        found.append((row["article"], row["annotation"], row["type"], start, end))
    assert sorted(found) == sorted((article.id, span.id, part.label, part.start, part.end) for article in project.articles for span in article.spans for part in span.parts)
    spans = {(article.id, span.id): span for article in project.articles for span in article.spans}
    for row in rows:
        attributes = {name.removeprefix("attribute:"): value for name, value in row.items() if name.startswith("attribute:") and value}
        assert {name.split(":")[-1].split(".")[-1]: value for name, value in attributes.items()} == spans[row["article"], row["annotation"]].attributes


def test_csv_frames(project, table):
    rows = table("frames.csv")
    said = "\n".join("\t".join(map(str, row.values())) for row in rows)
    for article in project.articles:
        for span in article.spans:
            for _, target in span.links:
                assert target in said and span.id in said


def test_csv_starts_no_formula(program):
    for name in ["nasty", "seeds"]:
        for path in program.write(Project(name), "csv").rglob("*.csv"):
            with open(path, encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
            assert not [cell for cell in cells if cell[:1] and cell[0] in MARKS and not cell.lstrip("-+").replace(".", "").isdigit()]
