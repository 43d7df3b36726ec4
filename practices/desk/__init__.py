"""The desk of those who write practices and of those who judge them: pages below ``/<language>/desk/practices/``."""
