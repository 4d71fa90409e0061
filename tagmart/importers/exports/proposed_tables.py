"""The tables of a proposed profile: those whose keys the file holds."""

from __future__ import annotations

from tagmart.importers.exports.likeness import dictionary

# What stands in for a column that the file has no field for.
DEFAULTS = {
    "orders.ordered_at": "paid_at",
    "orders.order_amount": "paid_amount",
    "order_items.line_no": "{position: [order_id]}",
    "order_items.sku_id": "product_name",
    "products.sku_id": "product_name",
    "refunds.refund_id": '{text: "{order_id}-refund"}',
    "refunds.refunded_at": "{first: [%s]}",
}
NEEDED = {
    "orders": ("order_id", ("ordered_at", "paid_at"), ("order_amount", "paid_amount")),
    "order_items": ("order_id", ("sku_id", "product_name"), "quantity", "unit_price"),
    "refunds": ("order_id", "refund_amount", ("refunded_at", "paid_at", "ordered_at")),
    "products": (("sku_id", "product_name"), "product_name"),
    "customers": (("customer_id", "phone", "email"),),
    "wecom_contacts": ("userid", "external_userid", "createtime"),
    "touchpoints": ("event_id", "occurred_at", "event_type"),
}
ONCE = {"orders": "order_id", "refunds": "order_id", "products": "sku", "customers": "customer"}


def proposed_tables(found: set[str], codes: dict[str, dict]) -> str:
    """Return the YAML of fields that are put together, and of the tables that the fields found can feed."""
    tables = [name for name, needed in NEEDED.items() if all(_is_there(need, found) for need in needed)]
    if not tables:
        nearest = max(NEEDED, key=lambda name: sum(_is_there(need, found) for need in NEEDED[name]))
        tables = [nearest]
    keys = (("customer_id", "identifier"), ("email", "email"), ("phone", "phone"))
    customer = [f"{{{by}: [{name}]}}" for name, by in keys if name in found]
    sku = [name for name in ("sku_id", "product_name") if name in found]
    lines = ["    fields:"] if customer or sku else []
    lines += [f"      customer: {{first: [{', '.join(customer)}]}}  # the first of these that is filled"] if customer else []
    lines += [f"      sku: {{first: [{', '.join(sku)}]}}"] if sku else []
    lines += ["", "tables:"]
    for table in tables:
        lines += _table(table, found, codes, bool(customer), bool(sku))
    return "\n".join(lines) + "\n"


def _is_there(need: str | tuple[str, ...], found: set[str]) -> bool:
    return need in found if isinstance(need, str) else bool(found.intersection(need))


def _table(table: str, found: set[str], codes: dict[str, dict], has_customer: bool, has_sku: bool) -> list[str]:
    lines = [f"  {table}:", "    - from: export"]
    once = ONCE.get(table)
    has_once = once in found or (once == "customer" and has_customer) or (once == "sku" and has_sku)
    if table in ("products", "customers") and has_once:
        lines.append(f"      where: {{{once}: filled}}")
    if table == "refunds":
        lines.append("      where: {refund_amount: amount}")
    if once and has_once:
        lines.append(f"      once_per: [{once}]")
    if table in ("products", "customers"):
        lines.append("      over_files: true")
    columns = _columns(table, found, codes, has_customer, has_sku)
    return [*lines, "      columns:", *(f"        {column}: {value}" for column, value in columns.items())]


def _columns(table: str, found: set[str], codes: dict[str, dict], has_customer: bool, has_sku: bool) -> dict[str, str]:
    columns = {}
    for field in dictionary()[0]:
        for target in field.columns:
            of_table, column = target.split(".")
            if of_table != table or field.name not in found:
                continue
            value = f"{{code: {{of: {field.name}, words: {field.codes}}}}}" if field.codes in codes else field.name
            columns[column] = f"{{phone: [{field.name}]}}" if field.by == "phone" else value
    if has_customer and table in ("orders", "customers"):
        columns["customer_id"] = "customer"
    if has_sku and table in ("order_items", "products"):
        columns["sku_id"] = "sku"
    dates = [name for name in ("paid_at", "ordered_at") if name in found]
    for target, value in DEFAULTS.items():
        of_table, column = target.split(".")
        value = value % ", ".join(dates) if "%s" in value else value
        is_known = value in found or (value.startswith("{") and "order_id" in found and "[]" not in value)
        if of_table == table and column not in columns and is_known:
            columns[column] = value
    if table == "orders" and "status" not in columns:
        paid = "{when: {paid_at: filled}, then: {constant: paid}}, {otherwise: {constant: created}}"
        columns["status"] = f"{{choose: [{paid}]}}" if "paid_at" in found else "{constant: completed}"
        if "paid_at" not in found and "ordered_at" in found:
            columns["paid_at"] = "ordered_at"
    return columns
