"""How amounts are written on bills and on pages."""

from decimal import Decimal


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency: $1,234.50, EUR 1,234.50."""
    return f"${amount:,.2f}" if currency == "USD" else f"{currency} {amount:,.2f}"
