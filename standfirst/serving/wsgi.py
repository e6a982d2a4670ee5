"""The application a WSGI server runs: `granian --interface wsgi standfirst.serving.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.config.settings")

application = get_wsgi_application()
