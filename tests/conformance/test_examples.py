"""The other direction: files that come with packages of the field, read by their own readers and by us.

`STANDPOINT_EXAMPLES` is the folder where set-up laid those that no wheel has.
"""

import importlib.util
import json
import os
import re
import uuid
from pathlib import Path

import pytest

from doccano_server import Server
from test_brat import AnnCorpus

EXAMPLES = Path(os.environ.get("STANDPOINT_EXAMPLES", "/nowhere"))
BACKEND = Path(next(iter(importlib.util.find_spec("backend").submodule_search_locations)))
TAKEN_IN = BACKEND / "data_import" / "tests" / "data"
OFFERED = BACKEND / "data_import" / "pipeline" / "examples"


def inside(pattern):
    found = sorted(EXAMPLES.glob(pattern))
    assert found, f"set-up laid no {pattern} into {EXAMPLES}"
    return found


def read(program, inputs, name, *more):
    """Texts with what we read in each: sorted spans, sorted links."""
    project = json.loads(program.back(inputs, f"example-{name}", *more).read_text(encoding="utf-8"))
    found = []
    for article in project["articles"]:
        of = [item for item in project["annotations"] if item["article"] == article["id"]]
        place = {item["id"]: (item["fragments"][0]["start"], item["fragments"][-1]["end"]) for item in of if item["fragments"]}
        links = [(place[item["id"]], place[filler["annotation"]]) for item in of for role in (item.get("roles") or {}).values() for filler in role]
        found.append((article["text"], sorted(place.values()), sorted(links)))
    return found


def stats(program, inputs, *more):
    code, said = program.run("stats", *inputs, *more)
    assert code in (0, 1), said
    numbers = {name: int(count) for count, name in re.findall(r"(\d+) (articles?|annotations?|links?)", said)}
    return said, numbers


def doccano(path, task, **more):
    """What doccano's own server makes of a file."""
    server = Server(f"{path.name}-{uuid.uuid4().hex[:8]}")
    errors = server.take(path, task, more.pop("format", "JSONL"), **more)
    return [(text, sorted((start, end) for start, end, _ in spans), sorted((one[:2], other[:2]) for _, one, other in links)) for text, spans, links in server.examples()], errors


# brat


def test_medkits_brat_files(program):
    """Two documents with entities, relations, attributes, normalisations and notes."""
    for ann in [*inside("medkit_lib-*/tests/data/brat/1_example.ann"), *inside("medkit_lib-*/docs/cookbook/input/brat/doc_01.ann")]:
        text = ann.with_suffix(".txt").read_text(encoding="utf-8")
        (doc,) = [doc for doc in AnnCorpus(str(ann.parent)).docs if doc.path == str(ann)]
        ((found_text, spans, links),) = read(program, [ann.with_suffix(".txt"), ann], ann.stem)
        assert found_text == text
        assert spans == sorted((one.span[0][0], one.span[-1][1]) for one in doc.anns["entities"])
        place = {one.name: (one.span[0][0], one.span[-1][1]) for one in doc.anns["entities"]}
        assert links == sorted((place[one.arg1.split(":")[1]], place[one.arg2.split(":")[1]]) for one in doc.anns["relations"])
        said, _ = stats(program, [ann.with_suffix(".txt"), ann])
        assert str(len(spans)) in said


# doccano


@pytest.mark.parametrize(
    "path, task",
    [
        (TAKEN_IN / "sequence_labeling" / "example.jsonl", "SequenceLabeling"),
        (TAKEN_IN / "sequence_labeling" / "example_overlapping.jsonl", "SequenceLabeling"),
        (TAKEN_IN / "relation_extraction" / "example.jsonl", "RelationExtraction"),
        (OFFERED / "relation_extraction" / "example.jsonl", "RelationExtraction"),
        (BACKEND / "data_export" / "pipeline" / "examples" / "sequence_labeling" / "example.jsonl", "SequenceLabeling"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.parent.name}-{value.stem}",
)
def test_doccanos_own_files(program, path, task):
    theirs, _ = doccano(path, task)
    ours = read(program, [path], f"{path.parent.parent.name}-{path.parent.name}-{path.stem}", "--from", "doccano")
    assert sorted(ours) == sorted(theirs)


@pytest.mark.parametrize("name", ["sequence_labeling", "relation_extraction", "segments"])
def test_medkits_doccano_files(program, name):
    (path,) = inside(f"medkit_lib-*/tests/data/doccano/{name}.jsonl")
    theirs, errors = doccano(path, "RelationExtraction" if name == "relation_extraction" else "SequenceLabeling")
    assert not errors
    assert read(program, [path], f"medkit-{name}", "--from", "doccano") == theirs
    assert str(len(theirs[0][1])) in stats(program, [path], "--from", "doccano")[0]


def test_medkits_windows_line_ends(program):
    """Its offsets count CR and LF, as doccano's do; the text that we keep has LF alone."""
    (path,) = inside("medkit_lib-*/tests/data/doccano/relation_extraction_wrong_character.jsonl")
    ((text, spans, links),), _ = doccano(path, "RelationExtraction")
    ((ours, our_spans, our_links),) = read(program, [path], "medkit-crlf", "--from", "doccano")
    assert ours == text.replace("\r\n", "\n")
    assert [ours[start:end] for start, end in our_spans] == [text[start:end].replace("\r\n", "\n") for start, end in spans]
    assert len(our_links) == len(links)


def test_doccano_transformers_files(program):
    """Exports of older doccanos: `labels`, and `annotations` of several users whose labels are numbers."""
    (path,) = inside("doccano-transformer-*/tests/data/labeling/labeling_text_label.jsonl")
    theirs, _ = doccano(path, "SequenceLabeling", column_label="labels")
    assert read(program, [path], "transformer-labels", "--from", "doccano") == theirs
    (path,) = inside("doccano-transformer-*/tests/data/labeling/labeling.jsonl")
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    ours = read(program, [path], "transformer-users", "--from", "doccano")
    assert [text for text, _, _ in ours] == [row["text"] for row in rows]
    assert [spans for _, spans, _ in ours] == [sorted((one["start_offset"], one["end_offset"]) for one in row["annotations"]) for row in rows]


# CoNLL


def words(found):
    return sorted(text[start:end] for text, spans, _ in found for start, end in spans)


@pytest.mark.parametrize("name", ["example", "labeling.trailing"])
def test_doccanos_conll_files(program, name):
    path = TAKEN_IN / "sequence_labeling" / f"{name}.conll"
    # doccano makes a sentence without words of each empty line too many, and complains of it.
    theirs, _ = doccano(path, "SequenceLabeling", format="CoNLL")
    assert words(read(program, [path], f"conll-{name}", "--from", "conll")) == words(theirs)


def test_doccano_transformers_conll_files(program):
    """Four columns with spaces between, `-DOCSTART-` before each document."""
    from seqeval.scheme import IOB2, Entities

    for path in inside("doccano-transformer-*/tests/data/labeling/*.conll2003.*"):
        rows = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
        sentences = [[]]
        for row in rows:
            if row[0] in ("", "-DOCSTART-"):
                sentences.append([])
            else:
                sentences[-1].append((row[0], row[-1]))
        sentences = [sentence for sentence in sentences if sentence]
        entities = Entities([[tag for _, tag in sentence] for sentence in sentences], IOB2).entities
        theirs = sorted(" ".join(token for token, _ in sentence[one.start : one.end]) for sentence, found in zip(sentences, entities) for one in found)
        assert words(read(program, [path], path.name, "--from", "conll")) == theirs


def test_seqevals_conll_file(program):
    """The ground truth of seqeval's own tests: the tag is the column before the last, which is a guess."""
    from seqeval.metrics.sequence_labeling import get_entities

    (path,) = inside("seqeval-*/tests/data/ground_truth.txt")
    sentences = [[line.split(" ") for line in block.splitlines()] for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    found = read(program, [path], "seqeval", "--from", "conll")
    layers = [[" ".join(row[0] for row in sentence[start : end + 1]) for sentence in sentences for _, start, end in get_entities([row[column] for row in sentence])] for column in (2, 3)]
    assert words(found) in (sorted(layers[0]), sorted(layers[1]), sorted(layers[0] + layers[1]))
