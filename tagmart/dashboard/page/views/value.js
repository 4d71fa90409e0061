views.value = () => {
  const found = classes(state.date, state.scheme);
  const byClass = (id, kind, of) => figure({
    id, title: id, note: `${schemeName(state.scheme)} · ${state.date}`, why: word("too_few"), height: Math.max(160, 30 * found.length + 30),
    option: bars(found.map(ofClass), [{ name: word(id), data: found.map(of) }], kind),
    columns: [["class", null], ["customers", "count"], [id, kind]], body: found.map((row) => [ofClass(row), row.customers, of(row)]),
  });
  const now = rows("concentration").filter((row) => row.scheme_code === state.scheme || row.scheme_code === "_brand");
  const pool = rows("core_pool");
  return [element("div", { class: "grid" },
    byClass("net_amount_365d", "amount", (row) => row.net_amount_365d),
    byClass("amount_per_customer", "amount", (row) => share(row.net_amount_365d, row.customers)),
    figure({
      id: "concentration", title: "concentration", note: word("concentration.note").replace("{date}", facts.as_of_date), wide: true, why: why("segment_concentration"),
      columns: [["class", null], ["buyers_365d", "count"], ["net_amount_365d", "amount"], ["gini", "number"], ["top_20", "share"], ["head", "count"], ["head_share", "share"]],
      body: now.map((row) => [row.scheme_code === "_brand" ? word("brand") : ofClass(row), row.customers, row.net_amount_365d, row.gini, row.top_20_amount_share, row.head_customers_count, row.head_customers_share]),
    }),
    figure({
      id: "core_pool", title: "core_pool", note: word("core_pool.note"), wide: true, why: why("core_pool_growth"), height: 260,
      option: lines(pool.map((row) => row.as_of_date), [{ name: word("customers"), data: pool.map((row) => row.customers_count) }, { name: word("target"), data: pool.map((row) => row.target_customers_count), lineStyle: { type: "dashed" } }], "count"),
      columns: [["date", null], ["customers", "count"], ["target", "count"], ["change", "change"]], body: pool.map((row) => [row.as_of_date, row.customers_count, row.target_customers_count, row.growth_share]),
    }))];
};
