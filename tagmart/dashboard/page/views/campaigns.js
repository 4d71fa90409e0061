views.campaigns = () => {
  const all = rows("campaigns"), whole = all.filter((row) => row.scheme_code === "all"), measured = whole.filter((row) => row.status === "measured");
  const inClass = all.filter((row) => row.scheme_code === state.scheme);
  const drawn = (rows) => rows.slice(0, 30);
  const effect = (row, name) => ({ name, value: row.adjusted_difference, low: row.adjusted_low, high: row.adjusted_high });
  const programmes = rows("programmes");
  const columns = [["campaign", null], ["kind", null], ["days", null], ["treated", "count"], ["held_out", "count"], ["effect", "signed"], ["low", "signed"], ["high", "signed"], ["added_amount", "amount"], ["cost", "amount"], ["detectable", "amount"], ["status", null]];
  const line = (row, name) => [name, word("kind." + row.campaign_kind), `${row.window_starts_date} – ${row.window_ends_date}`, row.treatment_count, row.holdout_count, row.adjusted_difference, row.adjusted_low, row.adjusted_high, row.added_amount, row.cost_amount, row.detectable_difference, word("status." + row.status)];
  return [element("div", { class: "grid" },
    figure({
      id: "uplift", title: "uplift", note: word("uplift.note"), wide: true, why: whole.length ? word("uplift.none") : why("campaign_uplift"), height: 60 + 34 * drawn(measured).length,
      option: intervals(drawn(measured).map((row) => effect(row, row.campaign_name)), "signed"), columns, body: measured.map((row) => line(row, row.campaign_name)),
    }),
    figure({
      id: "uplift-classes", title: "uplift.classes", note: schemeName(state.scheme) + " · " + word("uplift.note"), wide: true, why: word("uplift.classes.none"), height: 60 + 34 * drawn(inClass).length,
      option: intervals(drawn(inClass).map((row) => effect(row, `${row.campaign_name} · ${className(state.scheme, row.segment_code)}`)), "signed"), columns,
      body: inClass.map((row) => line(row, `${row.campaign_name} · ${className(state.scheme, row.segment_code)}`)),
    }),
    figure({ id: "campaigns", title: "campaigns", note: word("campaigns.note"), wide: true, why: why("campaign_uplift"), columns, body: whole.map((row) => line(row, row.campaign_name)) }),
    figure({
      id: "programmes", title: "programmes", note: word("programmes.note"), wide: true, why: why("programme_uplift"),
      columns: [["campaign", null], ["month", null], ["treated", "count"], ["held_out", "count"], ["effect", "signed"], ["low", "signed"], ["high", "signed"], ["added_amount", "amount"], ["single_effects", "amount"], ["status", null]],
      body: programmes.map((row) => [row.campaign_name, row.month_starts_date, row.treatment_count, row.holdout_count, row.adjusted_difference, row.adjusted_low, row.adjusted_high, row.added_amount, row.single_effects_amount, word("status." + row.status)]),
    }))];
};
