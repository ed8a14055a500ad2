"""UIMA CAS JSON, read by dkpro-cassis, and what that wrote of it, read by us.

UIMA counts UTF-16 code units; cassis turns them into code points when it reads.
"""

import json
import warnings

import pytest
from cassis import load_cas_from_json

# A layer of INCEpTION's for each type, as its custom layers are called.
LAYER = "webanno.custom."


def label(one):
    """The type that a feature structure stands for: the default scheme's names and ids differ in their case alone."""
    return one.type.name.removeprefix(LAYER).lower()


@pytest.fixture
def cases(program, project):
    folder = program.write(project, "cas")
    with warnings.catch_warnings():
        # An offset within a character is a warning of cassis.
        warnings.simplefilter("error")
        yield [load_cas_from_json((folder / f"{article.id}.json").read_text(encoding="utf-8")) for article in project.articles]


def spans_of(cas):
    layers = [type.name for type in cas.typesystem.get_types() if type.name.startswith(LAYER) and type.supertype.name == "uima.tcas.Annotation"]
    return [one for layer in layers for one in cas.select(layer)]


def test_every_span_covers_its_words(project, cases):
    for cas, article in zip(cases, project.articles):
        assert cas.sofa_string == article.text
        found = sorted((label(one), one.begin, one.end, one.get_covered_text()) for one in spans_of(cas))
        assert found == sorted((part.label, part.start, part.end, part.words) for part in article.parts)


def test_tokens_and_sentences(cases):
    core = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
    for cas in cases:
        if cas.typesystem.contains_type(core + "Token"):
            tokens = list(cas.select(core + "Token"))
            assert tokens and all(one.get_covered_text().strip() == one.get_covered_text() != "" for one in tokens)
            for sentence in cas.select(core + "Sentence"):
                assert list(cas.select_covered(core + "Token", sentence))


def test_features(project, cases):
    for cas, article in zip(cases, project.articles):
        at = {(label(one), one.begin, one.end): one for one in spans_of(cas)}
        for span in article.spans:
            one = at[span.label, span.start, span.fragments[0][1]]
            for name, value in span.attributes.items():
                assert one[name] == value
            place = lambda one: (label(one), one.begin, one.end)
            links = [(link.role, place(link.target)) for link in (one.roles.elements if one.roles else [])]
            of = lambda id: (article.by_id[id].label, article.by_id[id].start, article.by_id[id].fragments[0][1])
            assert [link for link in links if link[0] != "continues"] == [(role, of(target)) for role, target in span.links]
            assert [place[1:] for role, place in links if role == "continues"] == span.fragments[1:]
            assert one.note == (span.note or None)


def test_what_cassis_wrote_comes_back(program, project, cases, tmp_path):
    files = []
    for cas, article in zip(cases, project.articles):
        files.append(tmp_path / f"{article.id}.json")
        cas.to_json(files[-1])
    back = json.loads(program.back(files, f"{project.name}-cassis", "--from", "cas").read_text(encoding="utf-8"))
    found = sorted([(one["start"], one["end"]) for one in item["fragments"]] for item in back["annotations"])
    assert found == sorted(span.fragments for article in project.articles for span in article.spans)


def test_half_a_character_is_refused(program, tmp_path):
    """Offsets between the halves of a surrogate pair stand for no place: they are reported, and nothing else is lost."""
    from conftest import ROOT

    code, said = program.run("convert", ROOT / "tests/conformance/half-a-character.json", "--from", "cas", "--to", "project", "--out", tmp_path)
    assert code == 1, said
    reported = [line for line in said.splitlines() if "half-a-character.json" in line]
    assert len(reported) >= 2, said
    back = json.loads(next(tmp_path.rglob("project.json")).read_text(encoding="utf-8"))
    places = [(one["start"], one["end"]) for item in back["annotations"] for one in item["fragments"]]
    assert (0, 3) in places
    # Whatever is left of the bad ones covers nothing but what it may: no half of the emoji, which is one code point.
    assert all(start < end <= len(back["articles"][0]["text"]) for start, end in places)
