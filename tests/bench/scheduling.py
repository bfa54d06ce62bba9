"""Measures of scheduling, in a process of their own, on the demo practice's database."""

from tests.bench.production import start


def main() -> None:
    """Measure all of them."""
    start()
    from tests.bench.bookings import measure_bookings
    from tests.bench.free_times import measure_free_times

    measure_free_times()
    measure_bookings()


if __name__ == "__main__":
    main()
