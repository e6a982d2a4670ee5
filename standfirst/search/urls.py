from django.urls import path

from . import views
from .paths import DESCRIPTION, SEARCH, SUGGESTIONS

urlpatterns = [
    path(SEARCH.lstrip("/"), views.search, name="search"),
    path(SUGGESTIONS.lstrip("/"), views.suggest, name="suggestions"),
    path(DESCRIPTION.lstrip("/"), views.description, name="opensearch"),
]
