"""The account of a person: known by an e-mail address, addressed in one of nine languages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES, SOURCE


class UserManager(BaseUserManager["User"]):
    """Makes accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password it cannot log in by one. Raises ``ValueError`` without an address."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account for the operator: every permission of Django's, yet no way round the domain functions."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """A person who can log in."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default=SOURCE)
    is_sample = models.BooleanField(_("sample account"), default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The person's name as written by that person."""
        return self.name

    def get_short_name(self) -> str:
        """The person's name; we do not guess which part of it is the short one."""
        return self.name


class FailedLogin(models.Model):
    """A log-in that failed, remembered for as long as it counts; who tried is kept as a digest only."""

    account_digest = models.CharField(max_length=64, db_index=True)
    address_digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("failed log-in")
        verbose_name_plural = _("failed log-ins")

    def __str__(self) -> str:
        return self.account_digest[:12]


class Count(models.Model):
    """How often somebody did what may not be done too often. Django's database cache reads and writes the table; the
    model only brings it along with the migrations."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_count"
        verbose_name = _("count")
        verbose_name_plural = _("counts")

    def __str__(self) -> str:
        return self.cache_key[:30]


class SavedFilter(models.Model):
    """A list of the admin narrowed in one way, under a name that one person gave it."""

    account = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    list_name = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "list_name", "name"], name="one_filter_of_a_name")]

    def __str__(self) -> str:
        return self.name
