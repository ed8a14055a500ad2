"""Prodigy's JSONL, read by spaCy: the tokens make the text, and each span lies on them."""

import json

import pytest
import spacy
import srsly
from spacy.tokens import Doc, DocBin


@pytest.fixture
def tasks(program, project):
    return list(srsly.read_jsonl(program.write(project, "prodigy") / "prodigy.jsonl"))


def doc_of(task):
    vocab = spacy.blank("xx").vocab
    return Doc(vocab, words=[token["text"] for token in task["tokens"]], spaces=[token["ws"] for token in task["tokens"]])


def widened(doc, part):
    """The characters of the tokens that a part touches."""
    touched = [token for token in doc if token.idx < part.end and token.idx + len(token) > part.start and not token.is_space]
    return touched[0].idx, touched[-1].idx + len(touched[-1])


def test_tokens_make_the_text(project, tasks):
    assert len(tasks) == len(project.articles)
    for task, article in zip(tasks, project.articles):
        assert task["text"] == article.text
        doc = doc_of(task)
        assert doc.text == article.text
        for n, (token, found) in enumerate(zip(task["tokens"], doc)):
            assert (token["id"], token["start"], token["end"]) == (n, found.idx, found.idx + len(found))


def test_every_span_is_one(project, tasks):
    for task, article in zip(tasks, project.articles):
        doc = doc_of(task)
        found = []
        for span in task["spans"]:
            of_doc = doc.char_span(span["start"], span["end"], label=span["label"])
            assert of_doc is not None, f"spaCy finds no span at {span}"
            assert (of_doc.start, of_doc.end - 1) == (span["token_start"], span["token_end"])
            if "text" in span:
                assert span["text"] == of_doc.text
            found.append((span["label"], span["start"], span["end"]))
            doc.spans.setdefault("sc", []).append(of_doc)
        assert sorted(found) == sorted((part.label, *widened(doc, part)) for part in article.parts)
        texts = [task["text"][start:end] for _, start, end in sorted(found)]
        for part, text in zip(sorted(article.parts, key=lambda part: (part.label, *widened(doc, part))), texts):
            assert part.words.strip() in text


def test_relations(project, tasks):
    for task, article in zip(tasks, project.articles):
        doc = doc_of(task)
        found = []
        for relation in task.get("relations", []):
            ends = []
            for name in ["head", "child"]:
                span = relation[f"{name}_span"]
                assert relation[name] == span["token_end"], "the last token of its span"
                of_doc = doc.char_span(span["start"], span["end"], label=span["label"])
                assert of_doc is not None and of_doc.end - 1 == relation[name]
                assert any(all(span[key] == one[key] for key in ["start", "end", "label"]) for one in task["spans"])
                ends.append((span["label"], span["start"], span["end"]))
            found.append((relation["label"], *ends))
        place = {span.id: (span.label, *widened(doc, span.parts[0])) for span in article.spans}
        expected = [(role, place[span.id], place[target]) for span in article.spans for role, target in span.links]
        assert sorted(one for one in found if one[0] != "continues") == sorted(expected)


def test_doc_bin(project, tasks):
    bin = DocBin(store_user_data=True)
    for task in tasks:
        doc = doc_of(task)
        doc.spans["sc"] = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in task["spans"]]
        bin.add(doc)
    back = list(DocBin().from_bytes(bin.to_bytes()).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in back] == [article.text for article in project.articles]
    for doc, task in zip(back, tasks):
        assert [(span.label_, span.start_char, span.end_char) for span in doc.spans["sc"]] == [(span["label"], span["start"], span["end"]) for span in task["spans"]]


def test_several_annotators(program, several):
    """Each task is one annotator's on one text."""
    tasks = [json.loads(line) for line in open(program.write(several, "prodigy") / "prodigy.jsonl", encoding="utf-8")]
    by = [[span for span in article.spans if span.annotator == annotator] for article in several.articles for annotator in several.annotators]
    found = sorted(sorted((span["label"], task["text"][span["start"] : span["end"]]) for span in task["spans"]) for task in tasks)
    assert found == sorted(sorted((span.label, span.words[0]) for span in spans) for spans in by)
