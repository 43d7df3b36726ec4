"""E-mail: every message declared, queued with its cause, sent once, visible to staff."""
