"""The portal's addresses where another service is configured, and one at which somebody comes back from it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from clavet import urls
from clavet.accounts.models import User
from clavet.accounts.urls import SERVICES


def back(request: HttpRequest) -> HttpResponse:
    """Somebody comes back from the service, which says who that is."""
    email, verified = request.GET["email"], request.GET.get("verified") == "1"
    address = EmailAddress(email=email, verified=verified, primary=True)
    account = SocialAccount(provider="oidc", uid=request.GET.get("uid", email))
    login = SocialLogin(
        user=User(email=email),
        account=account,
        email_addresses=[address],
        provider=get_adapter().get_provider(request, "oidc"),
    )
    return complete_social_login(request, login)


urlpatterns = [path("back/", back), path("accounts/", include(SERVICES)), *urls.urlpatterns]
handler404 = urls.handler404
