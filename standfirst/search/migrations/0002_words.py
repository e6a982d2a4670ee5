"""The words of the index, in what each database has for them. `standfirst.search.engines` writes and asks them.

SQLite: two tables of FTS5 that keep no text. `search_words` has all, with the body in its first column, which costs no column
number a word; `search_heads` is small, is ranked, and finds beginnings of words. What they are given is tokens already, so
that the plainest tokenizer does: it parts at spaces, and takes whatever is not ASCII for a letter. When the last document
goes, however it goes, nothing is left in them.

PostgreSQL: a column `head` of `search_document`, with weights and positions, which stays in the row to be ranked; and a column
`body` of `search_stream`, which only matches. Of a stream nothing long stays in the row: the rows of all that has a word are
then few pages. Their indexes may put off a little work, and not much: who publishes next would wait for it.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(body, headline, standfirst, names, keys, content='', tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_heads USING fts5"
    "(headline, standfirst, names, keys, content='', prefix='1 2 3', tokenize='ascii')",
    "CREATE TRIGGER search_emptied AFTER DELETE ON search_document"
    " WHEN NOT EXISTS (SELECT 1 FROM search_document) BEGIN"
    " INSERT INTO search_words (search_words) VALUES ('delete-all');"
    " INSERT INTO search_heads (search_heads) VALUES ('delete-all');"
    " DELETE FROM search_stream;"
    " END",
)
NO_SQLITE = (
    "DROP TRIGGER search_emptied",
    "DROP TABLE search_words",
    "DROP TABLE search_heads",
)
POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN head tsvector NOT NULL",
    "ALTER TABLE search_document ALTER COLUMN head SET STORAGE MAIN",
    "ALTER TABLE search_stream ADD COLUMN body tsvector NOT NULL",
    "ALTER TABLE search_stream SET (toast_tuple_target = 128)",
    "CREATE INDEX search_document_head ON search_document USING gin (head) WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX search_stream_body ON search_stream USING gin (body) WITH (gin_pending_list_limit = 512)",
    # Beginnings are asked for as ranges, in the order of code points, as on SQLite.
    'CREATE INDEX search_name_token ON search_name (token COLLATE "C")',
    'CREATE INDEX search_word_word ON search_word (word COLLATE "C")',
)
NO_POSTGRESQL = (
    "ALTER TABLE search_document DROP COLUMN head",
    "ALTER TABLE search_stream DROP COLUMN body",
    "ALTER TABLE search_stream RESET (toast_tuple_target)",
    "DROP INDEX search_name_token",
    "DROP INDEX search_word_word",
)


def make(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, NO_SQLITE, NO_POSTGRESQL)


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_documents'),
    ]

    operations = [
        migrations.RunPython(make, drop),
    ]
