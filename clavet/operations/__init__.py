"""What keeps the portal running: start, health, logs, backups, catalogues."""
