views.channels = () => {
  const scheme = state.class === ALL ? ALL : state.scheme;
  const found = rows("cells").filter((row) => row.as_of_date === state.date && row.scheme_code === scheme && row.segment_code === state.class && row.channel !== ALL);
  found.sort((one, two) => two.customers - one.customers);
  const quality = rows("channels").filter((row) => row.customers || row.cost_amount || row.added_count).sort((one, two) => two.customers - one.customers);
  const name = (row) => channelName(row.channel);
  return [element("div", { class: "grid" },
    figure({
      id: "channels", title: "channels", note: `${state.class === ALL ? word("all") : className(state.scheme, state.class)} · ${state.date}`, why: word("too_few"), height: Math.max(160, 30 * found.length + 30),
      option: bars(found.map(name), [{ name: word("customers"), data: found.map((row) => row.customers) }], "count"),
      columns: [["channel", null], ["customers", "count"], ["buyers", "count"], ["active_customers_30d", "count"], ["net_amount_365d", "amount"]], body: found.map((row) => [name(row), row.customers, row.buyers, row.active, row.net_amount_365d]),
    }),
    figure({
      id: "channel_value", title: "amount_per_customer", note: state.date, why: word("too_few"), height: Math.max(160, 30 * found.length + 30),
      option: bars(found.map(name), [{ name: word("amount_per_customer"), data: found.map((row) => share(row.net_amount_365d, row.customers)) }], "amount"),
      columns: [["channel", null], ["amount_per_customer", "amount"]], body: found.map((row) => [name(row), share(row.net_amount_365d, row.customers)]),
    }),
    figure({
      id: "channel_quality", title: "channel_quality", note: word("channel_quality.note").replace("{date}", facts.as_of_date), wide: true, why: why("channel_quality"),
      columns: [["channel", null], ["customers", "count"], ["added", "count"], ["kept_30d", "share"], ["first_order_30d", "share"], ["repurchase_90d", "share"], ["buyers", "count"], ["net_amount", "amount"], ["clv", "amount"], ["cost", "amount"]],
      body: quality.map((row) => [name(row), row.customers, row.added_count, share(row.kept_30d_count, row.kept_30d_of_count), share(row.first_order_30d_count, row.first_order_30d_of_count), share(row.repurchase_90d_count, row.repurchase_90d_of_count), row.buyers_count, row.net_amount, row.clv_amount, row.cost_amount]),
    }))];
};
