const KPIS = [
  ["customers", "count", (row) => row.customers], ["buyers", "count", (row) => row.buyers], ["repurchase_rate", "share", (row) => share(row.repeat_buyers, row.buyers)],
  ["active_customers_30d", "count", (row) => row.active], ["wecom_customers", "count", (row) => row.contacts], ["net_amount_365d", "amount", (row) => row.net_amount_365d],
  ["average_order_amount", "amount", (row) => share(row.net_amount_365d, row.orders_365d)],
];

function card([code, kind, of]) {
  const value = (date) => { const row = date && chosen(date); return row ? of(row) : null; };
  const now = value(state.date);
  const against = [["since_before", before(state.date)], ["since_year", yearBefore(state.date)]].map(([said, date]) => {
    const then = value(date), change = now === null || !then ? null : now / then - 1;
    return element("span", { class: change === null ? null : change < 0 ? "down" : "up" }, `${word(said)} ${format(change, "change")}`);
  });
  return element("div", { class: "card", id: "kpi-" + code }, word("metric." + code), element("b", { title: format(now, kind) }, format(now, kind === "amount" && now >= 1e5 ? "count" : kind)), ...against);
}

function alarms() {
  const days = rows("alerts").filter((row) => row.measured_date <= state.date);
  const found = days.filter((row) => row.verdict === "alarm").sort((one, two) => two.measured_date.localeCompare(one.measured_date)).slice(0, 60);
  return figure({
    id: "alarms", title: "alarms", note: word("alarms.note"), why: word("alarms.none"),
    columns: [["day", null], ["measure", null], ["value", "number"], ["usual", "number"], ["direction", null]],
    body: found.map((row) => [row.measured_date, word("measure." + row.measure_code), row.measured_value, row.usual_value, word(row.direction)]),
  });
}

function daily() {
  const days = rows("alerts").filter((row) => row.measure_code === state.measure);
  const marks = days.filter((row) => row.verdict === "alarm").map((row) => ({ coord: [row.measured_date, row.measured_value] }));
  const codes = [...new Set(rows("alerts").map((row) => row.measure_code))].sort();
  return figure({
    id: "daily", title: "daily", note: word("daily.note"), controls: choice("measure", codes.map((code) => [code, word("measure." + code)]), "measure", state.measure),
    option: lines(days.map((row) => row.measured_date), [
      { name: word("value"), data: days.map((row) => row.measured_value), markPoint: { symbol: "circle", symbolSize: 9, itemStyle: { color: COLOURS[5] }, label: { show: false }, data: marks } },
      { name: word("usual"), data: days.map((row) => row.usual_value), lineStyle: { type: "dashed" } },
    ], "number"),
    columns: [["day", null], ["value", "number"], ["usual", "number"], ["verdict", null], ["event", null]],
    body: days.slice().reverse().map((row) => [row.measured_date, row.measured_value, row.usual_value, word("verdict." + row.verdict), row.event_code]),
  });
}

function periods() {
  const found = rows("revenue").filter((row) => row.scheme_code === "_brand" && row.segment_code === ALL && row.measure_code === "net_amount");
  return figure({
    id: "periods", title: "periods", note: word("periods.note"), why: why("gmv_bridge"),
    columns: [["period", null], ["against", null], ["amount", "amount"], ["amount_before", "amount"], ["change", "change"]],
    body: found.map((row) => [named(row), periodBefore(row), row.amount, row.from_amount, row.from_amount ? row.amount / row.from_amount - 1 : null]),
  });
}

const periodBefore = (row) => row[state.lang === "zh" ? "from_name_zh" : "from_name_en"];

views.overview = () => {
  const gaps = rows("coverage").filter((row) => row.status === "empty");
  return [
    element("div", { class: "cards" }, ...KPIS.map(card)),
    chosen(state.date) ? null : element("p", { class: "empty" }, word("too_few")),
    element("div", { class: "grid" }, sizes(), alarms(), daily(), periods(), figure({
      id: "coverage", title: "coverage", wide: true, note: word("coverage.note"), why: word("coverage.all"), columns: [["measure", null], ["why", null]],
      body: gaps.map((row) => [word("table." + row.measure), state.lang === "zh" ? row.reason_zh : row.reason_en]),
    })),
  ].filter(Boolean);
};
