"""All addresses of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from clavet.mail.views import to_preferences
from clavet.web import machines
from clavet.web.home import home


class FormatConverter:
    """The formats in which the vocabulary goes out."""

    regex = "ttl|jsonld"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "skos")

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("clavet.accounts.urls")),
    path("accounts/invitation/", include("network.account_urls")),
    path("", include("clavet.operations.urls")),
    path("accounts/mail/", to_preferences),
    path("id/<str:code>", machines.permanent, name="permanent"),
    path("vocabulary.<skos:format_name>", machines.vocabulary_file, name="vocabulary-file"),
    path("vocabulary/<slug:concept_id>", machines.concept_uri, name="concept-uri"),
    path("vocabulary/<slug:concept_id>.<skos:format_name>", machines.concept_file, name="concept-file"),
    path("sitemap.xml", machines.sitemap_xml, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security"),
]

urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("fiches/", include("fiches.urls")),
    path("practices/", include("practices.urls")),
    path("network/", include("network.directory_urls")),
    path("desk/practices/", include("practices.desk.urls")),
    path("", include("clavet.library.collected_urls")),
    path("search/", include("clavet.web.search.urls")),
    path("topics/", include("clavet.vocabulary.urls")),
    path("contact/", include("clavet.contact.urls")),
    path("desk/", include("clavet.desk.urls")),
    path("", include("clavet.publishing.urls")),
    path("mail/", include("clavet.mail.urls")),
    path("desk/", include("network.desk_urls")),
    path("network/people/", include("network.people_urls")),
    path("join/", include("network.join_urls")),
    path("", include("clavet.pages.urls")),
)

handler400 = "clavet.web.errors.bad_request"
handler403 = "clavet.web.errors.permission_denied"
handler404 = "clavet.web.errors.page_not_found"
handler500 = "clavet.web.errors.server_error"
