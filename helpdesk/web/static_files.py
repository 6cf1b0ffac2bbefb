"""How style sheets, scripts and pictures are stored: under names with a hash, compressed, to be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it carries no types
    """Hash what modules import, too: Django leaves it out, and browsers would keep modules of two versions."""

    support_js_module_import_aggregation = True
