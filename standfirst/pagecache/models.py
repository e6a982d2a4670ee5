"""The rows of the page cache. `store` writes them, in statements of its own; nobody else does."""

from django.db import models


class Key(models.Model):
    """A surrogate key, and how often what it stands for has changed. A key without a row has never changed."""

    name = models.CharField(max_length=120, unique=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class KeptPage(models.Model):
    """One answer, as it goes over the wire. It holds while the key of everything has the version `generation`."""

    path = models.CharField(max_length=1100, unique=True)
    generation = models.BigIntegerField()
    status = models.SmallIntegerField()
    headers = models.TextField()  # `Name: value` lines, less those that differ from one answer to the next
    etag = models.CharField(max_length=32)
    modified = models.BigIntegerField()  # seconds since 1970
    gzip = models.BinaryField()
    brotli = models.BinaryField()
    size = models.IntegerField()  # bytes, of both bodies and the headers
    checksum = models.BigIntegerField(null=True)  # of what is sent: a row without one is no page
    used = models.IntegerField()  # minutes since 1970, brought up to date now and then

    class Meta:
        # The size of all, the least recently used and the outdated are read from the index alone.
        indexes = [models.Index(fields=["used", "size", "generation"], name="least_recently_used")]

    def __str__(self) -> str:
        return self.path


class Shown(models.Model):
    """A page showed what a key stands for."""

    page = models.ForeignKey(KeptPage, on_delete=models.CASCADE, db_constraint=False, related_name="shown")
    key = models.ForeignKey(
        Key, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="shown"
    )

    class Meta:
        indexes = [models.Index(fields=["key", "page"], name="pages_that_showed")]

    def __str__(self) -> str:
        return f"{self.page_id} showed {self.key_id}"


class PendingPurge(models.Model):
    """What a cache outside has still to be told: written with the change, deleted once told twice (see `delivery`)."""

    keys = models.JSONField(null=True)  # None: everything
    created_at = models.DateTimeField()  # or, of a repeat, when it was told first
    due_at = models.DateTimeField(db_index=True)
    attempts = models.IntegerField(default=0)
    error = models.TextField(blank=True)
    is_repeat = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "everything" if self.keys is None else ", ".join(self.keys)
