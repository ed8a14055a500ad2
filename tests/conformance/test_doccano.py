"""doccano's JSONL, taken in by doccano's own server, and what that gives out again, read by us."""

import json
import uuid

from doccano_server import Server


def plain(label):
    """A label without what it says besides its type."""
    return label.split(":")[0]


def expected(article, count=lambda offset: offset):
    return sorted((count(part.start), count(part.end), part.label) for part in article.parts)


def links_of(article):
    first = {span.id: (span.start, span.fragments[0][1], span.label) for span in article.spans}
    return sorted((role, first[span.id], first[target]) for span in article.spans for role, target in span.links)


def places(file):
    """The places of all annotations of a project file, each with its fragments."""
    items = json.loads(file.read_text(encoding="utf-8"))["annotations"]
    return sorted([(one["start"], one["end"]) for one in item["fragments"]] for item in items)


def taken(file):
    server = Server(f"{file.parent.name}-{uuid.uuid4().hex[:8]}")
    assert server.take(file) == []
    return server


def test_doccano_takes_every_span_and_link(program, project):
    examples = taken(program.write(project, "doccano") / "doccano-code-points.jsonl").examples()
    assert [text for text, _, _ in examples] == [article.text for article in project.articles]
    for (text, spans, links), article in zip(examples, project.articles):
        assert sorted((start, end, plain(label)) for start, end, label in spans) == expected(article)
        for (start, end, label), part in zip(sorted(spans), sorted(article.parts, key=lambda part: (part.start, part.end, part.label))):
            assert text[start:end] == part.words
        short = lambda end: (end[0], end[1], plain(end[2]))
        found = sorted((role, short(one), short(other)) for role, one, other in links if role != "continues")
        assert found == links_of(article)
        continued = sum(len(span.fragments) - 1 for span in article.spans)
        assert sum(role == "continues" for role, _, _ in links) == continued


def test_polarity_is_in_the_label(program, project):
    for (_, spans, _), article in zip(taken(program.write(project, "doccano") / "doccano-code-points.jsonl").examples(), project.articles):
        for span in article.spans:
            if polarity := span.attributes.get("polarity"):
                assert (span.start, span.fragments[0][1], f"stance:{polarity}") in spans


def test_utf_16_is_what_its_editor_counts(program, project):
    rows = [json.loads(line) for line in open(program.write(project, "doccano", "--unit", "utf-16") / "doccano-utf-16.jsonl", encoding="utf-8")]
    for row, article in zip(rows, project.articles, strict=True):
        units = row["text"].encode("utf-16-le")
        found = sorted((item["start_offset"], item["end_offset"], plain(item["label"])) for item in row["entities"])
        assert found == expected(article, article.utf16)
        for (start, end, _), part in zip(found, sorted(article.parts, key=lambda part: (part.start, part.end, part.label))):
            assert units[2 * start : 2 * end].decode("utf-16-le") == part.words


def test_ids_are_numbers_of_their_own(program, project):
    for line in open(program.write(project, "doccano") / "doccano-code-points.jsonl", encoding="utf-8"):
        row = json.loads(line)
        ids = [item["id"] for item in row["entities"]]
        assert all(isinstance(id, int) for id in ids) and len(set(ids)) == len(ids)
        assert {end for item in row.get("relations", []) for end in [item["from_id"], item["to_id"]]} <= set(ids)


def test_what_doccano_gives_out_comes_back(program, project, tmp_path):
    file = taken(program.write(project, "doccano") / "doccano-code-points.jsonl").give(tmp_path / "all.jsonl")
    assert places(program.back([file], f"{project.name}-doccano", "--from", "doccano")) == sorted(span.fragments for article in project.articles for span in article.spans)


def test_the_name_says_what_offsets_count(program, project):
    """The name that we gave the file, which doccano's own export does not keep."""
    file = program.write(project, "doccano", "--unit", "utf-16") / "doccano-utf-16.jsonl"
    assert places(program.back([file], f"{project.name}-utf-16")) == sorted(span.fragments for article in project.articles for span in article.spans)
