"""How well search finds: short fiches and queries in nine languages, and the command that scores them."""
