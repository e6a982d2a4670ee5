"""Static files: collected once into the publication's directory under names that carry a hash of their contents."""

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class AppFinder(AppDirectoriesFinder):
    """Finds the applications' static files, leaving out the theme's, which the publication's own go before."""

    def __init__(self, app_names: list[str] | None = None, *args: object, **kwargs: object) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name != "standfirst.theme"]
        self.storages.pop("standfirst.theme", None)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Serves every static file under a name that changes with its contents, so that it can be kept for ever, and compressed."""

    # A file named in a theme but missing must cost that file, not the page.
    manifest_strict = False
