"""CoNLL files, one layer each, read by seqeval and by nervaluate.

A token has one tag: of spans that overlap one is written. Each fragment is a span of its own, cut at the ends of sentences,
and an edge within a token is widened to it.
"""

import json
from collections import Counter

import pytest
from nervaluate import Evaluator
from nervaluate.loaders import ConllLoader
from seqeval.metrics import classification_report, f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities


def read(path):
    """Sentences of (token, tag)."""
    sentences = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith(("#", "-DOCSTART-")):
            continue
        if line:
            token, *_, tag = line.split("\t")
            sentences[-1].append((token, tag))
        elif sentences[-1]:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def placed(sentences, articles):
    """Each sentence's tokens as (article, start, end), found in the texts one after the other."""
    number, at, found = 0, 0, []
    for sentence in sentences:
        found.append([])
        for token, _ in sentence:
            text = articles[number].text
            while at < len(text) and text[at].isspace():
                at += 1
            if at == len(text):
                number, at = number + 1, 0
                text = articles[number].text
                while text[at].isspace():
                    at += 1
            assert text.startswith(token, at), f"{token!r} is not what stands at {at} of {articles[number].id}: {text[at:at + 20]!r}"
            found[-1].append((articles[number], at, at + len(token)))
            at += len(token)
    assert number == len(articles) - 1 and not articles[number].text[at:].strip(), "tokens leave out nothing but white space"
    return found


@pytest.fixture
def layers(program, project):
    folder = program.write(project, "conll")
    files = {path.stem: path for path in folder.rglob("*.conll")}
    used = {span.label for article in project.articles for span in article.spans}
    assert used <= set(files), "a layer a file"
    return {label: read(path) for label, path in files.items()}, files


def touched(places, article, span):
    """The tokens of each fragment of a span, as (sentence, number)."""
    return [
        [(s, t) for s, sentence in enumerate(places) for t, (of, a, b) in enumerate(sentence) if of is article and a < end and b > start]
        for start, end in span.fragments
    ]


def test_tokens_make_the_texts(project, layers):
    for sentences in layers[0].values():
        placed(sentences, project.articles)


def test_entities_are_the_spans(project, layers):
    for label, sentences in layers[0].items():
        places = placed(sentences, project.articles)
        tags = [[tag for _, tag in sentence] for sentence in sentences]
        entities = Counter()
        for number, sentence in enumerate(Entities(tags, IOB2).entities):
            for entity in sentence:
                assert entity.tag == label
                entities[number, entity.start, entity.end - 1] += 1
        taken, expected = set(), Counter()
        for article in project.articles:
            for span in article.spans:
                fragments = touched(places, article, span)
                tokens = {token for fragment in fragments for token in fragment}
                if span.label != label or taken & tokens:
                    continue
                taken |= tokens
                for fragment in fragments:
                    for number in sorted({s for s, _ in fragment}):
                        within = [t for s, t in fragment if s == number]
                        expected[number, within[0], within[-1]] += 1
        assert entities == expected, f"{label}: {entities - expected} are too many, {expected - entities} are missing"
        # seqeval by its older way, and nervaluate by its loader, find as many.
        assert sum(len(get_entities(one)) for one in tags) == sum(expected.values())


def test_nervaluate_and_seqeval_agree_that_it_is_all(project, layers):
    sentences_of, files = layers
    for label, sentences in sentences_of.items():
        tags = [[tag for _, tag in sentence] for sentence in sentences]
        if not any(tag != "O" for sentence in tags for tag in sentence):
            continue
        assert f1_score(tags, tags, mode="strict", scheme=IOB2) == 1
        report = classification_report(tags, tags, mode="strict", scheme=IOB2, output_dict=True)
        assert set(report) - {"micro avg", "macro avg", "weighted avg"} == {label}
        loaded = ConllLoader().load("\n\n".join("\n".join(f"{token}\t{tag}" for token, tag in sentence) for sentence in sentences))
        assert [[(one.start, one.end, one.label) for one in sentence] for sentence in loaded] == [
            [(one.start, one.end - 1, one.tag) for one in sentence] for sentence in Entities(tags, IOB2).entities
        ]
        result = Evaluator(tags, tags, tags=[label], loader="list").evaluate()
        assert result["overall"]["strict"].f1 == 1


def test_nervaluate_reads_the_file_as_it_is(layers):
    for label, path in layers[1].items():
        text = path.read_text(encoding="utf-8")
        loaded = ConllLoader().load(text)
        tags = [[tag for _, tag in sentence] for sentence in layers[0][label]]
        assert sum(map(len, loaded)) == sum(len(sentence) for sentence in Entities(tags, IOB2).entities)
