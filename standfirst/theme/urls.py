from django.urls import re_path

from . import views

urlpatterns = [re_path(r"^theme/(?P<digits>[0-9a-f]{6})\.css$", views.accent, name="accent")]
