"""Names of months as they stand within a sentence.

Django's own catalogues write some with a capital (Italian, Romanian), which is wrong in running text. Naming them here
brings them into our catalogues, which come first; the names are CLDR's.
"""

from django.utils.translation import gettext_noop

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
