"""Money of orders and refunds in one currency, from the definition: goods only, floored, capped, at the rate of the day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT_OF_A_CENT = Decimal("0.0001")
YUAN = {"RMB": "CNY", "CNH": "CNY", "人民币": "CNY", "元": "CNY"}


def code(currency: str | None) -> str | None:
    """Return a currency as a code to compare."""
    letters = "".join(letter for letter in currency or "" if letter != " ").upper()
    return YUAN.get(letters, letters) or None


class Money:
    """Amounts in the base currency, given (day, order) of all orders and the exchange rates known so far."""

    def __init__(self, orders: list[tuple[date, dict]], rates: list[dict], currency: str | None = None):
        self.rates: dict[str, dict[date, Decimal]] = {}
        for row in rates:
            if row["rate"] > 0:
                rate = Decimal(repr(row["rate"])).quantize(Decimal("1E-10"), ROUND_HALF_UP)
                self.rates.setdefault(code(row["currency"]), {})[row["rate_date"]] = rate
        found = Counter(code(row.get("currency")) for _, row in orders)
        del found[None]
        without_rates = [name for name in found if name not in self.rates]
        names = [code(currency)] if currency else list(found) if len(found) < 2 else without_rates
        if len(names) > 1 or (found and not names):
            raise ValueError(f"The base currency is not decided among {sorted(found)}.")
        self.base = names[0] if names else None

    def rate(self, order: dict, day: date) -> Decimal:
        """Return the latest rate known on the day of an order."""
        currency = code(order.get("currency"))
        if currency is None or currency == self.base:
            return Decimal(1)
        known = self.rates[currency]
        return known[max(rated for rated in known if rated <= day)]

    def of(self, amount: Decimal, order: dict, day: date) -> Decimal:
        return (amount * self.rate(order, day)).quantize(CENT_OF_A_CENT, ROUND_HALF_UP)

    @staticmethod
    def payable(order: dict) -> Decimal:
        """Return what was to pay for the goods, in the order's own currency."""
        return max(order["order_amount"] - (order["discount_amount"] or 0) - (order["coupon_amount"] or 0), Decimal(0))

    def refunds(self, order: dict, day: date, rows: list[tuple[date, dict]]) -> list[tuple[date, Decimal]]:
        """Return (day, goods paid back by the end of it) of an order, never more than was payable."""
        days = sorted({max(refunded, day) for refunded, _ in rows})
        totals = []
        for until in days:
            goods = sum(
                (max(row["refund_amount"] - (row.get("shipping_refund_amount") or 0), Decimal(0)) for refunded, row in rows if max(refunded, day) <= until),
                Decimal(0),
            )
            totals.append((until, self.of(min(goods, self.payable(order)), order, day)))
        return totals
