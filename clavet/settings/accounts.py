"""How one gets in: django-allauth, told to keep to the rules of docs/operators.md ("Accounts")."""

from __future__ import annotations

from clavet.settings import environment

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"

ACCOUNT_ADAPTER = "clavet.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Wrong passwords are counted by clavet.accounts.throttle; what is left of this one is wrong codes of a second factor.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/15m/key",
    "apply": "10/h/ip",
    "apply_address": "3/d/key",
    "invite": "50/d/user",
    "write_person": "10/h/ip",
    "answer_person": "60/h/ip",
    "write_address": "3/d/key",
}
ACCOUNT_FORMS = {
    "add_email": "clavet.accounts.forms.ChangeAddress",
    "change_password": "clavet.accounts.forms.ChangePassword",
    "confirm_email_verification_code": "clavet.accounts.forms.ConfirmAddress",
    "confirm_login_code": "clavet.accounts.forms.ConfirmLogin",
    "confirm_password_reset_code": "clavet.accounts.forms.ConfirmReset",
    "login": "clavet.accounts.forms.Login",
    "reauthenticate": "clavet.accounts.forms.Reauthenticate",
    "request_login_code": "clavet.accounts.forms.RequestCode",
    "reset_password": "clavet.accounts.forms.ResetPassword",
    "reset_password_from_key": "clavet.accounts.forms.NewPassword",
    "set_password": "clavet.accounts.forms.SetPassword",
}

MFA_ADAPTER = "clavet.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CLAVET"
# Browsers take localhost for secure; every other address has to be.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.site_url().startswith("http://localhost")
MFA_FORMS = {
    "authenticate": "clavet.accounts.forms.SecondFactor",
    "reauthenticate": "clavet.accounts.forms.SecondFactorAgain",
    "activate_totp": "clavet.accounts.forms.ActivateApp",
    "add_webauthn": "clavet.accounts.forms.AddKey",
    "edit_webauthn": "clavet.accounts.forms.RenameKey",
}

# What one may not do too often is counted in the database, so that all nodes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_count",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

# A provider of OpenID Connect (EU Login or any other) appears when the environment names one.
OIDC = environment.openid_connect()
SOCIALACCOUNT_ADAPTER = "clavet.accounts.providers.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC]}} if OIDC else {}
