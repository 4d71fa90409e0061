views.contacts = () => {
  const days = rows("contacts"), groups = rows("groups"), lives = rows("survival");
  const curve = (life) => {
    const kinds = [...new Set(lives.filter((row) => row.life_of === life).map((row) => row.group_kind))];
    const of = (kind) => lives.filter((row) => row.life_of === life && row.group_kind === kind);
    const option = lines([], kinds.map((kind) => ({ name: word("group." + kind), step: "end", symbol: "none", data: [[0, 1], ...of(kind).map((row) => [row.lived_days, row.survival_share])] })), "share", { xAxis: { type: "value", name: word("days"), nameLocation: "middle", nameGap: 24 }, grid: { left: 8, right: 16, top: 36, bottom: 24, containLabel: true } });
    option.yAxis.max = 1;
    return figure({
      id: "survival-" + life, title: "survival." + life, note: word("survival.note"), why: why("group_survival"), option, columns: [["kind", null], ["days", "count"], ["at_risk", "count"], ["share", "share"], ["low", "share"], ["high", "share"]],
      body: kinds.flatMap((kind) => of(kind).map((row) => [word("group." + kind), row.lived_days, row.customers, row.survival_share, row.survival_low, row.survival_high])),
    });
  };
  const total = (id, found, measure) => figure({
    id, title: id, why: why(measure), option: lines(found.map((row) => row.measured_date), [{ name: word("total_count"), data: found.map((row) => row.total_count) }], "count", { legend: { show: false }, grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true }, yAxis: valueAxis("count", { scale: true }) }),
    columns: [["day", null], ["total_count", "count"]], body: found.slice().reverse().map((row) => [row.measured_date, row.total_count]),
  });
  const changes = (id, found, came, went, measure) => figure({
    id, title: id, why: why(measure),
    option: { tooltip: tip("count"), legend: legend(), xAxis: { type: "category", data: found.map((row) => row.measured_date), axisLabel: dayLabels }, yAxis: valueAxis("count"), series: [{ name: word("came"), type: "bar", stack: "all", data: found.map((row) => row[came]) }, { name: word("went"), type: "bar", stack: "all", data: found.map((row) => -row[went]) }] },
    columns: [["day", null], ["came", "count"], ["went", "count"], ["net", "count"]], body: found.slice().reverse().map((row) => [row.measured_date, row[came], row[went], row.net_count]),
  });
  return [element("div", { class: "grid" },
    total("contacts", days, "daily_contacts"), changes("contact_changes", days, "new_count", "lost_count", "daily_contacts"),
    total("group_members", groups, "daily_groups"), changes("group_changes", groups, "joined_count", "lost_count", "daily_groups"), curve("group"), curve("member"))];
};
