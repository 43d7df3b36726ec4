"""Which address a request really comes from, and what becomes of retired codes."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clavet.web import errors


class ClientAddressMiddleware:
    """Sets ``request.client_address``.

    ``X-Forwarded-For`` is believed only when the request comes from one of ``TRUSTED_PROXIES`` (addresses or
    networks), and then only its last entry that is not itself such a proxy: anybody can send the header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(entry, strict=False) for entry in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = self.client_address(request)
        return self.get_response(request)

    def client_address(self, request: HttpRequest) -> str:
        """The nearest address that is not a trusted proxy."""
        address = request.META.get("REMOTE_ADDR", "")
        chain = request.headers.get("x-forwarded-for", "").split(",")
        while self.is_trusted(address) and chain:
            candidate = chain.pop().strip()
            if not is_address(candidate):
                break
            address = candidate
        return address

    def is_trusted(self, address: str) -> bool:
        """Whether ``address`` is one of the proxies that we put there ourselves."""
        return is_address(address) and any(ip_address(address) in network for network in self.trusted)


def is_address(text: str) -> bool:
    """Whether ``text`` is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class RetiredCodeMiddleware:
    """Answers for codes that lead elsewhere (301) or nowhere any more (410), wherever a view came upon one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to ``Moved`` and ``Gone``; nothing for anything else."""
        if isinstance(exception, errors.Moved):
            return redirect("permanent", exception.code, permanent=True)
        if isinstance(exception, errors.Gone):
            return errors.gone(request, exception.code)
        return None
