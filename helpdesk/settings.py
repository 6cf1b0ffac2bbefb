"""Settings in reading order. Deployments differ only by the variables read here, which the guide for operators
explains (templates/docs/operators/settings.md).

Safe with none set: production mode, and the start refused until there is a secret key.
"""

import os
from pathlib import Path

import bootstrap_wrapper
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .conf.environment import HOW_TO_MAKE_ONE, Environment
from .conf.private_files import keep_private
from .conf.secret_key import kept_secret

# What this process writes is for its own account: the database, its journal, mail, files.
os.umask(0o077)
BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# --- mode: production, or a demo on one's own machine -----------------------------------------
DEMO = env.choice("MODE", ("production", "demo")) == "demo"
DEBUG = env.flag("DEBUG", False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("HELPDESK_DEBUG shows secrets to visitors; it needs HELPDESK_MODE=demo.")
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / ".data")
DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)

# --- who may reach it -------------------------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY")
if not SECRET_KEY and DEMO:
    SECRET_KEY = kept_secret(DATA_DIR / "secret_key")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        f"HELPDESK_SECRET_KEY is missing: at least 50 random characters. {HOW_TO_MAKE_ONE}"
    )
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS")
HOSTS = env.hosts("HOSTS", [])
# The machine itself asks for the health pages, whatever people type.
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
# Where links in mail lead: never to a host that a request names.
SITE_URL = env.address(
    "URL",
    "http://127.0.0.1:8000" if DEMO else f"https://{(HOSTS or ['localhost'])[0].removeprefix('.')}",
    schemes=("http", "https") if DEMO else ("https",),
)
PROXIES = env.number("PROXIES", 0, least=0, most=9)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
CSRF_FAILURE_VIEW = "helpdesk.web.error_pages.csrf_failure"

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    # The floors from the ground up: roles are set once the permissions of all three are there.
    "helpdesk.apps.HelpdeskConfig",
    "accounts",
    "tickets",
    "helpdesk.apps.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    # The first three add their headers to every answer, also to those given early by the ones below.
    "helpdesk.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "helpdesk.server.request_limits.LimitsMiddleware",
    "helpdesk.web.file_names.FileNamesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After the files above, which are compressed when they are collected.
    "helpdesk.web.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "helpdesk.server.request_limits.KnownLimitsMiddleware",
    "helpdesk.web.sent_once.SentOnceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "helpdesk.urls"
WSGI_APPLICATION = "helpdesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Every page says something: none has to load what translates it.
            "builtins": [
                "django.templatetags.i18n",
                "helpdesk.templatetags.interface",
                "tickets.templatetags.tickets",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Form fields are drawn by templates/django/forms/, where there is one, else by Django's own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database ---------------------------------------------------------------------------------
DATABASES = {"default": env.database(DATA_DIR / "helpdesk.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN: a read-then-write transaction cannot fail half-way.
    # FULL makes each commit reach the disk before it is acknowledged; NORMAL loses the last ones
    # at a power cut (SQLite documentation, "PRAGMA synchronous"). What is removed is overwritten: words that
    # were redacted must not stay in the file.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON"
        ),
    }
    keep_private(Path(DATABASES["default"]["NAME"]))
    # Tests use a file as the product does: an in-memory database locks in another way.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    # Beside what the address says, such as sslmode.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
    )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Shared by all processes, as the counters of failed sign-ins must be; the table comes by migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "helpdesk_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- people and sign-in -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# One backend, so that a wrong password costs one hash. Permissions are ModelBackend's, which it extends.
AUTHENTICATION_BACKENDS = ["accounts.auth_backend.Backend"]
PASSWORD_HASHERS = [
    "accounts.password_hashing.Argon2Hasher",
    "accounts.password_hashing.PBKDF2Hasher",
]
# At least 12 characters, no rules of composition, common and personal words refused
# (NIST SP 800-63B rev. 4, section 3.1.1; ASVS 5.0 6.2.4, 6.2.5, 6.2.11).
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.password_validation.CommonPasswordValidator"},
    {
        "NAME": "accounts.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
    {"NAME": "accounts.password_validation.GuessableValidator"},
    {"NAME": "accounts.password_validation.MaximumLengthValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 2
# Requests to the sign-in page; failures are counted by accounts/rate_limits.py.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if env.flag("VERIFY_EMAIL", not DEMO) else "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
# The first person to register as Admin on an installation without any becomes one.
FIRST_ADMIN_BY_REGISTRATION = env.flag("FIRST_ADMIN_BY_REGISTRATION", True)

# --- sessions, cookies, transport -------------------------------------------------------------
SESSION_ENGINE = "helpdesk.web.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000, least=0, most=63_072_000)
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", True)
    # The health pages are asked by the machine itself, over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in HOSTS]
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    env.flag("HSTS_SUBDOMAINS", True)
    env.flag("HSTS_PRELOAD", True)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A megabyte of text, each byte percent-encoded as browsers do, still gets its error beside the field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# --- mail and later work ----------------------------------------------------------------------
vars().update(env.email("consolemail://" if DEMO else "smtp://localhost:25"))
if DEMO and vars()["EMAIL_BACKEND"].endswith("console.EmailBackend"):
    EMAIL_BACKEND = "helpdesk.mail.sent_mail.KeepingBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mailbox("MAIL_FROM", "Helpdesk <helpdesk@localhost>")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", bootstrap_wrapper.get_bootstrap_dir())]
# What people send along lies under random names; no address leads there, a view asks who may have it.
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "helpdesk.web.uploads.UnnamedFileUploadHandler",
]
FILE_SIZE_MB = env.number("FILE_SIZE_MB", 25, least=1, most=1024)
FILES_PER_MESSAGE = env.number("FILES_PER_MESSAGE", 10, least=1, most=50)
# One file too many still gets its error beside the field; the composer of the console has two fields.
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * FILES_PER_MESSAGE + 50
# Where forms that bring files are sent: their bodies may be larger.
UPLOAD_PATHS = r"/tickets/(uploads|new|[1-9][0-9]*/reply)/|/admin/tickets/ticket/(add|[1-9][0-9]*/message)/"
TRASH_DAYS = env.number("TRASH_DAYS", 30, least=1, most=3650)
STORAGES = {
    "default": {"BACKEND": "tickets.files.storage.SyncedStorage"},
    "staticfiles": {"BACKEND": "helpdesk.web.static_files.StaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "helpdesk.conf.formats"
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")

# --- logging ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "helpdesk.conf.log_format.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}

env.refuse_unknown()
