"""WebAnno TSV 3.3.

No package of PyPI reads it in general (webanno2spacy knows six fixed columns of one project's own), so it is read here, in
the steps in which INCEpTION reads it: a header line for each layer with a column for each feature, sentences whose text
comes before their tokens, `label[n]` where annotations of several tokens are told apart, `|` between several on one token.
Offsets count UTF-16 code units.
"""

import re

import pytest

LAYER = "webanno.custom."
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def unescape(text):
    return ESCAPED.sub(lambda found: LETTERS.get(found[1], found[1]), text)


def parts_of(cell, mark):
    """What stands between marks that are not escaped."""
    return re.split(rf"(?<!\\){re.escape(mark)}", cell)


class Annotation:
    def __init__(self, layer, start):
        self.layer, self.start, self.end = layer, start, start
        self.features, self.roles, self.targets = {}, [], []


class Tsv:
    """A file, read from its first line to its last; whatever is not as it must be is an error."""

    def __init__(self, path):
        lines = path.read_bytes().decode("utf-8").split("\n")
        assert lines.pop() == "" and not any("\r" in line for line in lines)
        self.text, self.tokens, self.annotations, self.numbered, self.slots = "", [], [], {}, []
        self.units = {}
        self.header(lines)
        self.content(lines)
        # Slots name a token, and by a number which of the annotations there.
        for annotation, roles, targets in self.slots:
            assert len(roles) == len(targets)
            for role, target in zip(roles, targets):
                place, number = re.fullmatch(r"([\d.-]+)(?:\[(\d+)\])?", target).groups()
                of = self.numbered[number] if number and number != "0" else self.units[place][0]
                assert of.start <= self.places[place][0] < of.end
                annotation.roles.append((role, of))

    def header(self, lines):
        assert lines.pop(0) == "#FORMAT=WebAnno TSV 3.3"
        self.columns = []
        while lines[0]:
            kind, _, rest = lines.pop(0).partition("=")
            assert kind == "#T_SP"
            layer, *features = rest.split("|")
            assert layer.startswith(LAYER)
            before = ""
            for feature in features:
                if feature.startswith("ROLE_"):
                    # Its parts are told by `_`: no name may have one.
                    assert re.fullmatch(rf"ROLE_{re.escape(layer)}:[^_.]+_[\w.]+Link", feature)
                elif "." in feature:
                    assert before.startswith("ROLE_"), "the type of what fills a slot follows the slot"
                self.columns.append((layer, feature))
                before = feature
        assert lines[0] == lines[1] == "", "two empty lines behind the header"
        del lines[:2]

    def content(self, lines):
        self.places, state, said = {}, "between", []
        for line in [*lines, ""]:
            if line.startswith("#") and state in ("between", "sentence"):
                state = "sentence"
                if line.startswith("#Text="):
                    said.append(unescape(line.removeprefix("#Text=")))
            elif not line:
                assert state in ("token", "between"), "an empty line where a token was to come"
                state = "between"
            else:
                assert state in ("sentence", "token"), line
                fields = line.split("\t")
                # The end of the line is a tab.
                assert fields[-1] == "" and len(fields) == len(self.columns) + 4, line
                id, place, words = fields[:3]
                start, end = map(int, place.split("-"))
                if state == "sentence":
                    self.begin(start, said)
                    said = []
                state = "token"
                self.places[id] = (start, end)
                self.tokens.append((id, start, end, unescape(words)))
                self.cells(id, start, end, fields[3:-1])

    def begin(self, start, said):
        """The text grows by a sentence, which begins at a token's start."""
        if len(self.text) > start:
            assert len(self.text) == start + 1 and self.text.endswith("\n")
            self.text = self.text[:start]
        self.text += " " * (start - len(self.text))
        # A place for each code unit, as Java has them.
        self.text += "".join(chr(unit) for line in said for unit in memoryview((line + "\n").encode("utf-16-le")).cast("H"))

    def cells(self, id, start, end, cells):
        here = {}
        for (layer, feature), cell in zip(self.columns, cells):
            if cell == "_" or (cell == "*" and "." in feature and not here.get(layer)):
                continue
            for index, value in enumerate(parts_of(cell, "|")):
                number = None
                if "." not in feature or feature.startswith("ROLE_"):
                    if found := re.fullmatch(r"(.*)(?<!\\)\[(\d+)\]", value, re.DOTALL):
                        value, number = found.groups()
                of_layer = here.setdefault(layer, [])
                if index == len(of_layer):
                    annotation = self.numbered.get(number) if number else None
                    if annotation is None:
                        annotation = Annotation(layer, start)
                        self.annotations.append(annotation)
                        if number:
                            self.numbered[number] = annotation
                    annotation.end = end
                    of_layer.append(annotation)
                    self.units.setdefault(id, []).append(annotation)
                annotation = of_layer[index]
                if feature.startswith("ROLE_"):
                    annotation.roles_said = [] if value in ("*", "_") else [unescape(role) for role in parts_of(value, ";")]
                elif "." in feature:
                    if value not in ("*", "_") and not any(one is annotation for one, _, _ in self.slots):
                        self.slots.append((annotation, annotation.roles_said, parts_of(value, ";")))
                elif value != "*":
                    annotation.features[feature] = unescape(value)


@pytest.fixture
def files(program, project):
    folder = program.write(project, "webanno")
    return [Tsv(folder / f"{article.id}.tsv") for article in project.articles]


def units(article, start, end):
    return article.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def trimmed(article, part):
    """A part without white space at its edges: that is no token."""
    start = part.start + len(part.words) - len(part.words.lstrip())
    return (part.label, article.utf16(start), article.utf16(start + len(part.words.strip())))


def label(annotation):
    return annotation.layer.removeprefix(LAYER).lower()


def test_the_text_comes_back_but_for_white_space(project, files):
    for tsv, article in zip(files, project.articles):
        theirs = [chr(unit) for unit in memoryview(article.text.encode("utf-16-le")).cast("H")]
        assert len(tsv.text.rstrip()) == len("".join(theirs).rstrip())
        for found, was in zip(tsv.text, theirs):
            assert found == was or found.isspace() and was.isspace()


def test_tokens_have_their_words(project, files):
    for tsv, article in zip(files, project.articles):
        behind, last = 0, (1, 0)
        for id, start, end, words in tsv.tokens:
            assert units(article, start, end) == words
            if "." not in id:
                assert start >= behind
                behind = end
                number = tuple(map(int, id.split("-")))
                assert number in ((last[0], last[1] + 1), (last[0] + 1, 1)), "numbered without a gap"
                last = number


def test_every_span_is_there(project, files):
    for tsv, article in zip(files, project.articles):
        found = sorted((label(one), one.start, one.end) for one in tsv.annotations)
        assert found == sorted(trimmed(article, part) for part in article.parts)


def test_features_and_slots(project, files):
    for tsv, article in zip(files, project.articles):
        at = {(label(one), one.start, one.end): one for one in tsv.annotations}
        place = lambda one: (label(one), one.start, one.end)
        of = lambda span: trimmed(article, span.parts[0])
        for span in article.spans:
            one = at[of(span)]
            assert {name: one.features.get(name) for name in span.attributes} == span.attributes
            assert one.features.get("note", "") == span.note
            assert [(role, place(filler)) for role, filler in one.roles if role != "continues"] == [(role, of(article.by_id[target])) for role, target in span.links]
            assert [place(filler) for role, filler in one.roles if role == "continues"] == [trimmed(article, part) for part in span.parts[1:]]
