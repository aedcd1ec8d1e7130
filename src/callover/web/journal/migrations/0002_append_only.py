"""The database itself refuses to change or delete an entry of the log."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""

POSTGRESQL = """
CREATE FUNCTION journal_entry_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse();
"""


def forbid(_apps: Any, schema_editor: Any) -> None:
    """Set the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.strip().split("\nCREATE"):
            schema_editor.execute(
                statement if statement.startswith("CREATE") else f"CREATE{statement}"
            )
    else:
        schema_editor.execute(POSTGRESQL)


class Migration(migrations.Migration):
    """Append only."""

    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forbid, migrations.RunPython.noop)]
