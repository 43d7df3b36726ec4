"""Whom to ask about a practice: everybody sees the name by that person's consent, members see it always (records.md,
"Practice")."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clavet.library.page import Material
from network import contacting
from network.models import Member
from practices.models import Practice


def contact_of(practice: Practice) -> Member | None:
    """The contact of a practice, while there is somebody to read what is written."""
    if not practice.contact:
        return None
    return Member.objects.in_network().filter(pk=practice.contact).select_related("account").first()


def contact_link(code: str, member: Member) -> SafeString:
    """The name with the way to the form."""
    words = _("Write to %(name)s") % {"name": member.account.name}
    return format_html('<a href="{}">{}</a>', reverse("people:write-about", args=[code]), words)


def public_contact(material: Material) -> SafeString | str:
    """What everybody reads of the contact; on the page of what stands now only."""
    practice = material.record
    if material.neutral.get("contact") != practice.contact:
        return ""
    member = contact_of(practice)
    if member is None:
        return ""
    if contacting.may_see(None, member, is_contact=True):
        return contact_link(practice.code_id, member)
    url = reverse("people:write-about", args=[practice.code_id])
    return format_html('<a href="{}">{}</a>', url, _("shown to members"))


def for_reader(code: str, user: Any) -> SafeString | str:
    """What a member reads of it beyond that."""
    practice = Practice.objects.filter(code_id=code).only("contact", "code_id").first()
    member = contact_of(practice) if practice else None
    if member is None or contacting.may_see(None, member) or not contacting.may_see(user, member, is_contact=True):
        return ""
    return render_to_string("practices/_contact.html", {"link": contact_link(code, member)})
