"""Public pages from memory: the number that every public change raises, and the front that answers before Django.

- ``generation``: ``bump()`` for whoever changes what the public sees, ``current()`` for whoever keeps something of it;
- ``front``, ``requests``, ``entries``, ``store``, ``shared``: the page cache;
- ``moments``: when a page changes by the clock alone;
- ``public``: models whose every change is public at once.
"""
