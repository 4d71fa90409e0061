const STEPS = ["entry_amount", "exit_amount", "migrated_in_amount", "migrated_out_amount", "anonymous_amount", "buyers_amount", "orders_per_buyer_amount", "amount_per_order_amount", "margin_share_amount", "rounding_amount"];

function bridge(row, id, title) {
  const used = STEPS.filter((step) => row[step] && !(step === "rounding_amount" && Math.abs(row[step]) < 0.005));
  const steps = [["from_amount", row.from_amount], ...used.map((step) => [step, row[step]]), ["amount", row.amount]];
  return figure({
    id, title, note: `${named(row)} – ${periodBefore(row)}`, wide: true, height: 340,
    option: waterfall(steps.map(([step]) => word("bridge." + step)), steps.map(([, value]) => value), steps.map(([step]) => step === "from_amount" || step === "amount")),
    columns: [["part", null], ["amount", "amount"]], body: steps.map(([step, value]) => [word("bridge." + step), value]),
  });
}

views.revenue = () => {
  const brand = rows("revenue").filter((row) => row.scheme_code === "_brand" && row.segment_code === ALL).sort((one, two) => two.measure_code.localeCompare(one.measure_code));
  const keys = [...new Map(brand.map((row) => [row.period_code + "/" + row.comparison_code, row])).entries()];
  if (!keys.length) return [element("p", { class: "empty" }, why("gmv_bridge"))];
  const key = keys.some(([code]) => code === state.period) ? state.period : keys[0][0];
  const inPeriod = (row) => row.period_code + "/" + row.comparison_code === key;
  const found = rows("revenue").filter((row) => inPeriod(row) && row.scheme_code === state.scheme && isChosen(row));
  const order = positions(state.scheme);
  found.sort((one, two) => (order.get(one.segment_code) ?? 999) - (order.get(two.segment_code) ?? 999));
  const nameOf = (row) => className(state.scheme, row.segment_code);
  const changed = found.map((row) => [nameOf(row), row.amount - row.from_amount]);
  return [
    choice("period", keys.map(([code, row]) => [code, `${named(row)} – ${periodBefore(row)}`]), "periods", key),
    element("div", { class: "grid" },
      ...brand.filter(inPeriod).map((row) => bridge(row, "bridge-" + row.measure_code, "bridge." + row.measure_code)),
      ...(state.class !== ALL && found.length ? [bridge(found[0], "bridge-class", "bridge.class")] : []),
      figure({
        id: "bridge-classes", title: "bridge.classes", note: schemeName(state.scheme) + " · " + word("bridge.classes.note"), wide: true, why: word("bridge.none"), height: Math.max(160, 30 * found.length + 30),
        option: bars(changed.map(([name]) => name), [{ name: word("change_amount"), data: changed.map(([, value]) => Math.round(value * 100) / 100) }], "amount"),
        columns: [["class", null], ["amount_before", "amount"], ["amount", "amount"], ["change_amount", "signed"], ...STEPS.map((step) => ["bridge." + step, "signed"])],
        body: found.map((row) => [nameOf(row), row.from_amount, row.amount, row.amount - row.from_amount, ...STEPS.map((step) => row[step])]),
      })),
  ];
};
