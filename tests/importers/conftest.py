"""A publication to import into."""

import pytest
from django.utils import timezone

from standfirst.articles.actions import found_article_index
from standfirst.config.checks import findings
from standfirst.importers.run import import_archive
from standfirst.publications.actions import found_publication


@pytest.fixture
def magazine(db, settings, tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    settings.CONVERSIONS = tmp_path_factory.mktemp("home") / ".conversions"
    return found_article_index(found_publication(name="The Test", address="http://testserver"))


@pytest.fixture
def bring(magazine):
    """Imports in this process; the report must account for everything, and the publication must keep every promise."""

    def bring(path, **options):
        report = import_archive(path, **{"processes": 1} | options)
        assert report.unaccounted == {}
        assert list(findings(timezone.now())) == []
        return report

    return bring
