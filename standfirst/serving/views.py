"""The two addresses that belong to no room: uploaded files, and the question whether we are well."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from standfirst.serving.health import summary, wellbeing

# What Wagtail makes for readers. The rest of media (originals with the place they were taken at, documents with
# permissions of their own) is not everybody's.
PUBLIC_FOLDERS = ("images",)
EDITORS_FOLDERS = ("original_images", "avatar_images")
A_YEAR = 365 * 24 * 3600


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether all is well, part by part: 200 if it is, 503 if not."""
    status, said = summary(wellbeing())
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded image, to readers only in the sizes made for them."""
    path, folder = _media_file(name)
    is_public = folder in PUBLIC_FOLDERS
    if not is_public and not (
        folder in EDITORS_FOLDERS and request.user.has_perm("wagtailadmin.access_admin")
    ):
        raise Http404
    try:
        modified = int(path.stat().st_mtime)
        contents = path.open("rb")
    except OSError:
        raise Http404 from None

    content_type, encoding = mimetypes.guess_type(path.name)
    response = FileResponse(
        contents, content_type=(None if encoding else content_type) or "application/octet-stream"
    )
    # An SVG is a document: opened by itself it must not run anything in our name.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    # A size is made once under a name of its own and never written again.
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if is_public else "private, no-cache"
    response["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, last_modified=modified, response=response)  # type: ignore[arg-type]
    if answer is not response:
        contents.close()
    return answer or response


def _media_file(name: str) -> tuple[Path, str]:
    """The file a name leads to, wherever its dots and links go, and the folder of media it lies in."""
    root = Path(settings.MEDIA_ROOT).resolve()
    if "\0" in name:
        raise Http404
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path == root:
        raise Http404
    return path, path.relative_to(root).parts[0]
