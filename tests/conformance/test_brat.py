"""brat's files, read by brat-peek and by bratly, and what bratly wrote of them, read by us."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from bratly import AttributeAnnotation, EntityAnnotation, EventAnnotation, NormalizationAnnotation, NoteAnnotation, ParsingError
from bratly.io import ann_write_src, file_read_src

# brat-peek's reader alone: its package draws pictures, too, with what it does not say that it needs.
_reader = importlib.util.spec_from_file_location("ann_structure", Path(importlib.util.find_spec("peek").origin).with_name("ann_structure.py"))
ann_structure = importlib.util.module_from_spec(_reader)
_reader.loader.exec_module(ann_structure)
AnnCorpus = ann_structure.AnnCorpus

NAMES = {"speaker": "Speaker", "cue": "Cue", "claim": "Claim", "stance": "Stance", "target": "Target"}


def pieces(article, span):
    """A span as brat has it: cut at line ends."""
    found = []
    for start, end in span.fragments:
        at = start
        for line in article.text[start:end].split("\n"):
            if line:
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found


def expected(article):
    """Label, places, and the words of each place with a space between, by its first place."""
    return sorted((NAMES[span.label], tuple(pieces(article, span)), " ".join(article.text[a:b] for a, b in pieces(article, span))) for span in article.spans)


def roles_of(article):
    """Label, own place, roles with their fillers' places."""
    place = {span.id: tuple(pieces(article, span)) for span in article.spans}
    return sorted((NAMES[span.label], place[span.id], tuple((role.capitalize(), place[target]) for role, target in span.links)) for span in article.spans if span.links)


def attributes_of(article):
    place = {span.id: tuple(pieces(article, span)) for span in article.spans}
    return sorted((name.capitalize(), place[span.id], value) for span in article.spans for name, value in span.attributes.items())


def test_texts(program, project):
    folder = program.write(project, "brat")
    for article in project.articles:
        assert (folder / f"{article.id}.txt").read_bytes() == article.text.encode("utf-8")
    conf = (folder / "annotation.conf").read_text(encoding="utf-8")
    sections = re.findall(r"^\[(\w+)\]$", conf, re.MULTILINE)
    assert sections == ["entities", "relations", "events", "attributes"]


def test_brat_peek(program, project, capsys):
    corpus = AnnCorpus(str(program.write(project, "brat")), txt=True)
    assert len(corpus.docs) == len(project.articles)
    unread = 0
    for article in project.articles:
        doc = corpus.get_doc_by_name(article.id)
        assert "\n".join(doc.txt) == article.text.removesuffix("\n")
        # It knows spans of one place and of two alone, takes a tab for the words' end, and takes white space off their end.
        known = [item for item in expected(article) if len(item[1]) <= 2]
        unread += len(expected(article)) - len(known)
        found = sorted((entity.tag, entity.span, entity.text) for entity in doc.anns["entities"])
        assert found == sorted((label, places, words.split("\t")[0].rstrip()) for label, places, words in known)
        place = {entity.name: entity.span for entity in doc.anns["entities"]}
        event_place = {event.name: place.get(event.trigger) for event in doc.anns["events"]}
        found = sorted((event.tag, place.get(event.trigger, ()), tuple((re.sub(r"\d+$", "", role), place.get(of, ())) for role, of in (one.split(":") for one in event.arguments))) for event in doc.anns["events"])
        two = lambda places: places if len(places) <= 2 else ()
        assert found == sorted((label, two(own), tuple((role, two(of)) for role, of in roles)) for label, own, roles in roles_of(article))
        found = sorted((one.tag, {**place, **event_place}.get(one.arguments[0]) or (), one.arguments[1]) for one in doc.anns["attributes"])
        assert found == sorted((name, two(own), value) for name, own, value in attributes_of(article))
        notes = sorted(note.note for note in doc.anns["notes"])
        assert notes == sorted(line.split("\t")[0].rstrip() for span in article.spans if span.note for line in span.note.split("\n"))
    said = capsys.readouterr().out
    assert "faulty" not in said
    normalizations = sum(bool(span.entity) for article in project.articles for span in article.spans)
    assert said.count("Could not recognize") == unread + normalizations, said


def test_bratly(program, project):
    folder = program.write(project, "brat")
    for article in project.articles:
        path = str(folder / f"{article.id}.ann")
        if any("\t" in words for span in article.spans for words in span.words):
            # A tab ends the words for it, and words that do not fill their place are refused.
            with pytest.raises(ParsingError):
                file_read_src.read_and_load_ann_file(path)
            continue
        read = file_read_src.read_and_load_ann_file(path, no_duplicates=False, renumerotize=False).annotations
        of = lambda kind: [one for one in read if isinstance(one, kind)]
        place = lambda entity: tuple((fragment.start, fragment.end) for fragment in entity.fragments)
        assert sorted((one.label, place(one), one.content) for one in of(EntityAnnotation)) == expected(article)
        found = sorted((one.label, place(one.event_trigger), tuple((re.sub(r"\d+$", "", role), place(filler)) for role, filler in one.args.items())) for one in of(EventAnnotation))
        assert found == roles_of(article)
        owner = lambda one: place(one.component.event_trigger if isinstance(one.component, EventAnnotation) else one.component)
        assert sorted((one.label, owner(one), one.values[0]) for one in of(AttributeAnnotation)) == attributes_of(article)
        notes = sorted((owner(one), one.value) for one in of(NoteAnnotation))
        assert notes == sorted((tuple(pieces(article, span)), line.split("\t")[0]) for span in article.spans if span.note for line in span.note.split("\n"))
        names = sorted((owner(one), one.content) for one in of(NormalizationAnnotation))
        assert len(names) == sum(bool(span.entity) for span in article.spans)


def test_several_annotators_have_a_folder_each(program, several):
    folder = program.write(several, "brat")
    corpus = AnnCorpus(str(folder), txt=True)
    assert len(corpus.docs) == len(several.annotators) * len(several.articles)
    folders = {path.parent for path in folder.rglob("*.ann")}
    assert len(folders) == 2 and all(path.parent == folder for path in folders), folders
    for article in several.articles:
        found = sorted(sorted((entity.tag, entity.span, entity.text) for entity in doc.anns["entities"]) for doc in corpus.docs if doc.name == article.id)
        by = {annotator: [span for span in article.spans if span.annotator == annotator] for annotator in several.annotators}
        assert found == sorted(sorted((NAMES[span.label], tuple(span.fragments), span.words[0]) for span in spans) for spans in by.values())


def test_what_bratly_wrote_comes_back(program, project, tmp_path):
    """What bratly makes of our files is read by us as the same spans."""
    folder = program.write(project, "brat")
    files = []
    for article in project.articles:
        if any("\t" in words for span in article.spans for words in span.words):
            continue
        read = file_read_src.read_and_load_ann_file(str(folder / f"{article.id}.ann"), no_duplicates=False)
        ann_write_src.write_ann_file(read, str(tmp_path / f"{article.id}.ann"))
        (tmp_path / f"{article.id}.txt").write_bytes((folder / f"{article.id}.txt").read_bytes())
        files += [tmp_path / f"{article.id}.txt", tmp_path / f"{article.id}.ann"]
    if files:
        back = json.loads(program.back(files, f"{project.name}-bratly").read_text(encoding="utf-8"))
        place = lambda fragments: [(one["start"], one["end"]) for one in fragments]
        found = sorted(place(one["fragments"]) for one in back["annotations"])
        assert found == sorted(span.fragments for article in project.articles for span in article.spans if project.name != "tabs")
