"""Authorities in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from simple_history.admin import SimpleHistoryAdmin

from clavet.accounts.admin_access import ForCoordinators
from clavet.languages import LANGUAGES
from clavet.publishing.admin_site import FoundByCode
from network import contacting_admin as contacting_admin, joining_admin as joining_admin
from network.authority_form import AuthorityForm
from network.models import Authority
from network.standing_admin import WithStanding


@admin.register(Authority)
class AuthorityAdmin(WithStanding, FoundByCode, ForCoordinators, SimpleHistoryAdmin):
    """The authorities of the directory, with what their authors keep on the desk and what only coordinators do."""

    form = AuthorityForm
    list_display = ("code", "own_name", "kind", "country", "status", "is_founding_partner")
    list_filter = ("status", "is_founding_partner", "is_example", "kind", "country")
    search_fields = ("code__value", "own_name", *(f"other_name_{code}" for code, _name in LANGUAGES))
    readonly_fields = ("code", "status", "standing_link", "challenges")
    fields = (
        "code", "status", "standing_link", "own_name", "own_language",
        *(f"other_name_{code}" for code, _name in LANGUAGES),
        "kind", "governance_level", "country", "nuts", "lau", "population", "population_year", "urbanisation",
        "latitude", "longitude", "website", "facts_source", "languages", "topics_offered", "topics_sought",
        "challenges", "contact", "joined_on", *(f"description_{code}" for code, _name in LANGUAGES),
        "is_founding_partner", "is_project_coordinator", "is_example",
    )  # fmt: skip
    list_select_related = ("code",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
