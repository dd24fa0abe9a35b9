"""What must outlive the process, on SQLite or PostgreSQL; nothing here knows of dialogs or channels."""
