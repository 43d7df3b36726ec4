"""Contact: a way to write to a person from every page; messages wait in the coordinators' admin."""
