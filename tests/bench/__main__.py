"""`make bench`: one line of JSON for each measure, all on one copy of the demo practice."""

import os
import tempfile
from pathlib import Path

from tests import served
from tests.bench.production import run, start, tell
from tests.bench.weight import measure_demo, measure_serving


def main() -> None:
    """Measure pages first, on the demo's rows; then papers, with thousands of rows added."""
    with tempfile.TemporaryDirectory(prefix="letterhead-bench-") as place:
        data_dir = served.template(Path(place), None).data_dir
        os.environ["LETTERHEAD_DATA_DIR"] = str(data_dir)
        start()
        from tests.bench.card import measure_card
        from tests.bench.languages import measure_languages
        from tests.bench.login import measure_log_in
        from tests.bench.pages import measure_pages
        from tests.bench.papers import MEASURES
        from tests.bench.photos import measure_photos
        from tests.bench.preview import measure_preview

        for figures in [*measure_serving(data_dir), measure_demo(Path(place))]:
            _tell(figures)
        for figures in [
            *measure_pages(data_dir),
            measure_languages(data_dir),
            measure_preview(data_dir),
            measure_card(data_dir),
            measure_log_in(data_dir),
            measure_photos(data_dir),
        ]:
            _tell(figures)
        run(data_dir, "tests.bench.unknown_email")
        run(data_dir, "tests.bench.calendar_grid")
        run(data_dir, "tests.bench.queries")
        run(data_dir, "tests.bench.scheduling")
        run(data_dir, "tests.bench.outbox")
        for measure in MEASURES:
            run(data_dir, "tests.bench.papers", measure)


def _tell(figures: dict[str, object]) -> None:
    tell(str(figures.pop("bench")), figures)


if __name__ == "__main__":
    main()
