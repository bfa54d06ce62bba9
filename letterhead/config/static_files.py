"""Static files under names of their content, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Looks for addresses in style sheets only.

    Scripts of others end with the name of a source map, which we don't ship: Django would refuse
    them for that.
    """

    patterns = tuple(
        (glob, found)
        for glob, found in CompressedManifestStaticFilesStorage.patterns
        if glob == "*.css"
    )
