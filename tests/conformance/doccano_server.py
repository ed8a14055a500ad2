"""doccano's own server, as much of it as takes files in and gives files out: Django on a database in memory.

doccano's package holds its server as a package `backend` whose parts name each other as if they stood at the top. What it
takes in goes through its own parsers, makers and models into the database; what it gives out comes from there.
"""

import importlib.util
import os
import sys
import tempfile

import django
from django.conf import settings

PARTS = ["roles", "projects", "users", "label_types", "examples", "labels", "data_import", "data_export"]


def start():
    """Once in a process."""
    if settings.configured:
        return
    backend = importlib.util.find_spec("backend").submodule_search_locations or []
    sys.path.insert(0, next(iter(backend)))
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "polymorphic", "django_drf_filepond", *PARTS],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="a test's",
        USE_TZ=True,
        MEDIA_ROOT=tempfile.gettempdir(),
        BASE_DIR=tempfile.gettempdir(),
        DJANGO_DRF_FILEPOND_UPLOAD_TMP=tempfile.gettempdir(),
        DJANGO_DRF_FILEPOND_FILE_STORE_PATH=tempfile.gettempdir(),
        ROLE_PROJECT_ADMIN="project_admin",
        ROLE_ANNOTATOR="annotator",
        ROLE_ANNOTATION_APPROVER="annotation_approver",
    )
    # Its migrations are for databases of many years; a new one needs the models' tables alone.
    settings.MIGRATION_MODULES = {part: None for part in [*PARTS, "auth", "contenttypes", "django_drf_filepond"]}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


class Server:
    """One project of doccano's."""

    def __init__(self, name):
        start()
        from django.contrib.auth.models import User
        from projects.models import SequenceLabelingProject

        self.user = User.objects.create(username=name)
        self.project = SequenceLabelingProject.objects.create(
            name=name,
            project_type="SequenceLabeling",
            allow_overlapping=True,
            use_relation=True,
            created_by=self.user,
            collaborative_annotation=True,
        )

    def take(self, path, task="RelationExtraction", format="JSONL", **more):
        """Takes a file in; returns what doccano complains of."""
        from data_import.datasets import load_dataset
        from data_import.pipeline.catalog import create_file_format
        from data_import.pipeline.readers import FileName

        name = FileName(str(path), os.path.basename(path), os.path.basename(path))
        dataset = load_dataset(task, create_file_format(format), [name], self.project, encoding="utf_8", **more)
        dataset.save(self.user, batch_size=1000)
        return [error.dict() for error in dataset.errors]

    def examples(self):
        """Texts, each with its spans (start, end, label) and its links (type, span, span), as doccano's tables have them."""
        from examples.models import Example

        found = []
        for example in Example.objects.filter(project=self.project).order_by("id"):
            span = lambda one: (one.start_offset, one.end_offset, one.label.text)
            spans = [span(one) for one in example.spans.all()]
            links = [(one.type.text, span(one.from_id), span(one.to_id)) for one in example.relations.all()]
            found.append((example.text, spans, links))
        return found

    def give(self, path):
        """Writes the project as doccano's export does."""
        from data_export.models import ExportedExample
        from data_export.pipeline.dataset import Dataset
        from data_export.pipeline.factories import create_comment, create_formatter, create_labels, create_writer
        from data_export.pipeline.services import ExportApplicationService

        examples = ExportedExample.objects.filter(project=self.project)
        dataset = Dataset(examples, create_labels(self.project, examples), create_comment(examples), True)
        ExportApplicationService(dataset, create_formatter(self.project, "JSONL"), create_writer("JSONL")).export(str(path))
        return path
