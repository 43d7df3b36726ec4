from django.db import migrations


def create(apps, schema_editor):
    """The tables that only one of the two databases has, and the one row of the state."""
    if schema_editor.connection.vendor == "postgresql":
        from clavet.search.backends.postgresql import create_statements
    else:
        from clavet.search.backends.sqlite import create_statements
    for side in (0, 1):
        for statement in create_statements(side):
            schema_editor.execute(statement)
    apps.get_model("search", "IndexState").objects.create()


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
