const ofClass = (row) => className(state.scheme, row.segment_code);
const isChosen = (row) => state.class === ALL || row.segment_code === state.class;

// Customers of the chosen channel whom no cell shows: cells of too few, together.
function unshown(date, found) {
  const all = total(date);
  return all ? all.customers - found.reduce((sum, row) => sum + row.customers, 0) : 0;
}

function sizes() {
  const found = classes(state.date, state.scheme), rest = unshown(state.date, found), shown = found.filter(isChosen), everybody = total(state.date);
  const earlier = new Map(before(state.date) ? classes(before(state.date), state.scheme).map((row) => [row.segment_code, row.customers]) : []);
  const body = shown.map((row) => [
    ofClass(row), row.customers, share(row.customers, everybody && everybody.customers), earlier.has(row.segment_code) ? row.customers - earlier.get(row.segment_code) : null,
    row.buyers, row.net_amount_365d, share(row.net_amount_365d, row.customers),
  ]);
  if (rest && state.class === ALL) body.push([word("class._unshown"), rest, share(rest, everybody.customers), null, null, null, null]);
  return figure({
    id: "sizes", title: "sizes", note: `${schemeName(state.scheme)} · ${state.date}`, why: word("too_few"), height: Math.max(160, 30 * body.length + 30),
    option: bars(body.map((line) => line[0]), [{ name: word("customers"), data: body.map((line) => line[1]) }], "count"),
    columns: [["class", null], ["customers", "count"], ["share", "share"], ["since_before", "count"], ["buyers", "count"], ["net_amount_365d", "amount"], ["amount_per_customer", "amount"]], body,
  });
}

function history(measure) {
  const dates = facts.dates.slice().reverse();
  const order = positions(state.scheme), codes = [...new Set(rows("cells").filter((row) => row.scheme_code === state.scheme && row.channel === state.channel && isChosen(row)).map((row) => row.segment_code))];
  codes.sort((one, two) => (order.get(one) ?? 999) - (order.get(two) ?? 999));
  const value = (date, code) => {
    const row = cell(date, state.scheme, code, state.channel), everybody = total(date);
    return row ? (measure === "share" ? share(row.customers, everybody && everybody.customers) : row.customers) : null;
  };
  const kind = measure === "share" ? "share" : "count";
  return figure({
    id: "history-" + measure, title: "history." + measure, note: word("history.note"), height: 340, wide: measure === "customers", why: word("too_few"),
    option: lines(dates, codes.map((code) => ({ name: className(state.scheme, code), data: dates.map((date) => value(date, code)) })), kind),
    columns: [["date", null], ["class", null], [measure, kind]],
    body: dates.slice().reverse().flatMap((date) => codes.map((code) => [date, className(state.scheme, code), value(date, code)])),
  });
}

function rules() {
  const found = rows("names").filter((row) => row.scheme_code === state.scheme && isChosen(row));
  return figure({ id: "rules", title: "rules", note: word("rules.note"), wide: true, columns: [["class", null], ["rule", null]], body: found.map((row) => [named(row), element("code", {}, row.rule)]) });
}

function health() {
  const found = rows("health").filter((row) => row.scheme_code === state.scheme && isChosen(row));
  return figure({
    id: "health", title: "health", note: word("health.note"), wide: true, why: why("segment_health"),
    columns: [["class", null], ["against", null], ["stays", "share"], ["actions", "count"], ["buyers_difference", "share"], ["low", "share"], ["high", "share"], ["verdict", null]],
    body: found.map((row) => [ofClass(row), row.neighbour_segment_code ? className(state.scheme, row.neighbour_segment_code) : "–", row.stability_share, row.actions_count, row.buyers_share_difference, row.buyers_share_difference_low, row.buyers_share_difference_high, word("health." + row.verdict)]),
  });
}

views.classes = () => [element("div", { class: "grid" }, sizes(), history("share"), history("customers"), health(), rules())];
