"""What words mean the same: a text or a query taken apart into words, and each word into the keys that it meets by.

Two words mean the same when they share a key. Nothing here knows Django, a database or a setting.
"""

from clavet.search.analysis.folding import fold
from clavet.search.analysis.keys import keys, parts, query_keys
from clavet.search.analysis.stop_words import is_stop
from clavet.search.analysis.words import Token, tokens

__all__ = ["Token", "fold", "is_stop", "keys", "parts", "query_keys", "tokens"]
