views.tags = () => {
  const found = rows("tag_health");
  const part = (row) => share(row.customers, row.of_customers);
  const groups = [...new Set(found.map((row) => row.tag_group))].sort();
  const spread = groups.map((group) => found.filter((row) => row.tag_group === group));
  const said = (row) => [row.is_unused && word("tag.unused"), row.has_same_customers_as_nearest && word("tag.same").replace("{tag}", tagName(row.nearest_tag_code)), row.customers === 0 && word("tag.nobody")].filter(Boolean).join("; ");
  const worth = found.filter(said);
  const columns = [["tag", null], ["group", null], ["tag_coverage", "share"], ["values", "count"], ["age", "count"], ["uses", "count"], ["nearest", null], ["alike", "number"], ["remark", null]];
  const line = (row) => [named(row), word("tag_group." + row.tag_group), row.is_few ? word("few").replace("{least}", facts.least) : row.is_nearly_all ? word("nearly_all").replace("{least}", facts.least) : part(row), row.distinct_values_count, row.age_days, row.uses_count, row.nearest_tag_code ? tagName(row.nearest_tag_code) : "–", row.nearest_jaccard, said(row) || "–"];
  return [element("div", { class: "grid" },
    figure({
      id: "coverage_by_group", title: "coverage_by_group", note: word("coverage_by_group.note"), wide: true, height: 60 + 26 * groups.length,
      option: {
        tooltip: { trigger: "item", confine: true, formatter: (point) => `${echarts.format.encodeHTML(point.value[2])}: ${format(point.value[0], "share")}` },
        yAxis: { type: "category", data: groups.map((group) => word("tag_group." + group)), inverse: true, axisLabel: { interval: 0 } }, xAxis: valueAxis("share", { min: 0, max: 1 }), grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
        series: [{ type: "scatter", symbolSize: 11, itemStyle: { opacity: 0.65 }, data: spread.flatMap((rows, place) => rows.map((row) => [part(row), place, named(row)])) }],
      },
      columns, body: found.map(line),
    }),
    figure({ id: "tags_worth_a_look", title: "tags_worth_a_look", note: word("tags_worth_a_look.note"), wide: true, columns, body: worth.map(line) }))];
};
