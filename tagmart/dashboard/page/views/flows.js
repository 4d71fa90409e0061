// From class to class between the date before and the chosen one. What is left out goes through one node, with its sums.
function flowLinks(found, from, to) {
  const left = (code) => className(state.scheme, code) + " · " + from, right = (code) => className(state.scheme, code) + " · " + to, middle = word("class._unshown");
  const rest = (side, date) => {
    const sums = new Map();
    for (const row of found) sums.set(row[side], (sums.get(row[side]) || 0) + row.customers);
    return rows("cells").filter((row) => row.as_of_date === date && row.scheme_code === state.scheme && row.channel === ALL)
      .map((row) => [row.segment_code, row.customers - (sums.get(row.segment_code) || 0)]).filter(([, count]) => count > 0);
  };
  const links = found.map((row) => ({ source: left(row.from_segment_code), target: right(row.to_segment_code), value: row.customers }));
  const out = rest("from_segment_code", from), into = rest("to_segment_code", to);
  for (const [code, value] of out) links.push({ source: left(code), target: middle, value });
  for (const [code, value] of into) links.push({ source: middle, target: right(code), value });
  return links;
}

function sankey(found, from, to) {
  const links = flowLinks(found, from, to).filter((link) => state.class === ALL || [link.source, link.target].some((name) => name.startsWith(className(state.scheme, state.class) + " · ")));
  const order = [...positions(state.scheme)].sort((one, two) => one[1] - two[1]).map(([code]) => className(state.scheme, code));
  const place = (name) => { const found = order.indexOf(name.split(" · ")[0]); return found < 0 ? 999 : found; };
  const names = [...new Set(links.flatMap((link) => [link.source, link.target]))].sort((one, two) => place(one) - place(two));
  return {
    tooltip: { trigger: "item", confine: true, valueFormatter: (value) => format(value, "count") },
    series: [{
      type: "sankey", left: 8, right: 190, top: 8, bottom: 8, nodeGap: 10, nodeWidth: 14, layoutIterations: 0, emphasis: { focus: "adjacency" }, draggable: false,
      data: names.map((name) => ({ name, depth: name.endsWith(from) ? 0 : name.endsWith(to) ? 2 : 1, itemStyle: { color: colourOf(name) } })), links, lineStyle: { color: "source", opacity: 0.3, curveness: 0.5 },
      label: { formatter: (point) => point.name.split(" · ")[0], width: 170, overflow: "truncate" },
    }],
  };
}

function colourOf(name) {
  const codes = rows("names").filter((row) => row.scheme_code === state.scheme).map((row) => className(state.scheme, row.segment_code));
  const place = codes.indexOf(name.split(" · ")[0]);
  return place < 0 ? "#9aa3ae" : COLOURS[place % COLOURS.length];
}

views.flows = () => {
  const to = state.date, from = before(to);
  const found = rows("flows").filter((row) => row.scheme_code === state.scheme && row.to_as_of_date === to && row.from_as_of_date === from);
  const related = (row) => state.class === ALL || row.from_segment_code === state.class || row.to_segment_code === state.class;
  const shown = found.filter(related).sort((one, two) => two.customers - one.customers);
  const moves = rows("reasons").filter((row) => row.scheme_code === state.scheme && related(row)).sort((one, two) => two.customers - one.customers);
  const changed = (code) => (code.startsWith("_") ? word("reason." + code) : code.split(" + ").map(tagName).join(" + "));
  return [element("div", { class: "grid" },
    figure({
      id: "flow", title: "flow", note: from ? `${schemeName(state.scheme)} · ${from} → ${to}. ${word("flow.note")}` : null, wide: true, height: 480, why: word("flow.none"),
      option: from ? sankey(found, from, to) : null,
      columns: [["from", null], ["to", null], ["customers", "count"]], body: shown.map((row) => [className(state.scheme, row.from_segment_code), className(state.scheme, row.to_segment_code), row.is_at_least ? "≥ " + format(row.customers, "count") : row.customers]),
    }),
    figure({
      id: "reasons", title: "reasons", note: word("reasons.note").replace("{date}", facts.as_of_date), wide: true, why: word("reasons.none"),
      columns: [["from", null], ["to", null], ["changed", null], ["customers", "count"]],
      body: to === facts.as_of_date ? moves.map((row) => [className(state.scheme, row.from_segment_code), className(state.scheme, row.to_segment_code), changed(row.changed), row.customers]) : [],
    }))];
};
