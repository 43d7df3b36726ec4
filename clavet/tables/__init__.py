"""Tables that people fill in and take away: CSV and XLSX, read and written in one way for all kinds of things."""
