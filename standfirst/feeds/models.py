"""What subscribers know entries by, where it is not ours; and what the hub has still to be told."""

from django.db import models


class EntryId(models.Model):
    """What the feeds of the system before called an article, and ours go on calling it: nobody is sent it as new.

    An article without one is called by its own id (`ArticleRecord.permanent_id`).
    """

    article = models.OneToOneField(
        "articles.ArticlePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    value = models.CharField(max_length=500, unique=True)

    def __str__(self) -> str:
        return self.value


class PendingWord(models.Model):
    """A change that the hub has still to be told of: written with the change, deleted once told (see `hub`)."""

    keys = models.JSONField(null=True)  # the surrogate keys announced; None: everything
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    attempts = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return "everything" if self.keys is None else ", ".join(self.keys)
