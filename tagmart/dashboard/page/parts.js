// Options of charts that several views draw.
const tip = (kind, extra) => ({ trigger: "axis", confine: true, valueFormatter: (value) => format(value, kind), ...extra });
const valueAxis = (kind, extra) => ({ type: "value", axisLabel: { formatter: (value) => format(value, kind === "share" ? "share" : "short") }, splitLine: { lineStyle: { color: "#e6e9ee" } }, ...extra });
const dayLabels = { hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right" };
const legend = () => ({ type: "scroll", top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12 });

// series: [{name, data}] over days or categories.
function lines(labels, series, kind, more) {
  return {
    tooltip: tip(kind), legend: legend(), xAxis: { type: "category", data: labels, axisLabel: dayLabels }, yAxis: valueAxis(kind),
    series: series.map((each) => ({ type: "line", symbol: labels.length > 60 ? "none" : "circle", symbolSize: 5, connectNulls: false, ...each })), ...more,
  };
}

function bars(labels, series, kind, more) {
  return {
    tooltip: tip(kind, { axisPointer: { type: "shadow" } }), legend: series.length > 1 ? legend() : undefined, grid: { left: 8, right: 48, top: series.length > 1 ? 36 : 8, bottom: 8, containLabel: true },
    yAxis: { type: "category", data: labels, inverse: true, axisLabel: { width: 190, overflow: "truncate", interval: 0 } }, xAxis: valueAxis(kind),
    series: series.map((each) => ({ type: "bar", barMaxWidth: 22, label: { show: series.length === 1, position: "right", formatter: (point) => format(point.value, kind === "amount" ? "short" : kind) }, ...each })), ...more,
  };
}

// A change as steps: a bar from where the step before ended.
function waterfall(labels, values, isTotal) {
  let level = 0;
  const ups = [], downs = [], totals = [];
  values.forEach((value, place) => {
    const start = isTotal[place] ? 0 : level, end = isTotal[place] ? value : level + value;
    (isTotal[place] ? totals : value >= 0 ? ups : downs).push([place, start, end, value]);
    level = end;
  });
  const draw = (params, api) => {
    const one = api.coord([api.value(0), api.value(1)]), two = api.coord([api.value(0), api.value(2)]), width = api.size([1, 0])[0] * 0.6;
    const top = Math.min(one[1], two[1]), height = Math.max(1, Math.abs(one[1] - two[1]));
    return {
      type: "group", children: [
        { type: "rect", shape: { x: one[0] - width / 2, y: top, width, height }, style: { fill: api.visual("color") } },
        { type: "text", style: { text: format(api.value(3), "short"), x: one[0], y: top - 4, textAlign: "center", textVerticalAlign: "bottom", fontSize: 12, fontFamily: FONT, fill: "#1c2430" } },
      ],
    };
  };
  const series = (name, data, colour) => ({ name: word(name), type: "custom", renderItem: draw, data, itemStyle: { color: colour }, encode: { x: 0, y: [1, 2], tooltip: 3 } });
  return {
    tooltip: { trigger: "item", confine: true, valueFormatter: (value) => format(value, "amount") }, legend: legend(),
    xAxis: { type: "category", data: labels, axisLabel: { interval: 0, width: 92, overflow: "break" } }, yAxis: valueAxis("amount", { scale: true }), grid: { left: 8, right: 16, top: 48, bottom: 8, containLabel: true },
    series: [series("total", totals, COLOURS[0]), series("more", ups, COLOURS[2]), series("less", downs, COLOURS[5])],
  };
}

// Estimates with their intervals: [{name, value, low, high}].
function intervals(points, kind) {
  const draw = (params, api) => {
    const low = api.coord([api.value(1), api.value(0)]), mid = api.coord([api.value(2), api.value(0)]), high = api.coord([api.value(3), api.value(0)]);
    const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: COLOURS[0], lineWidth: 2 } });
    return { type: "group", children: [line(low[0], low[1], high[0], high[1]), line(low[0], low[1] - 5, low[0], low[1] + 5), line(high[0], high[1] - 5, high[0], high[1] + 5), { type: "circle", shape: { cx: mid[0], cy: mid[1], r: 5 }, style: { fill: COLOURS[0] } }] };
  };
  return {
    tooltip: { trigger: "item", confine: true, formatter: (point) => `${echarts.format.encodeHTML(points[point.value[0]].name)}<br>${[2, 1, 3].map((place) => format(point.value[place], kind)).join(" · ")}` },
    yAxis: { type: "category", data: points.map((point) => point.name), inverse: true, axisLabel: { width: 220, overflow: "truncate", interval: 0 } },
    xAxis: valueAxis(kind), grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
    series: [{ type: "custom", renderItem: draw, encode: { x: [1, 2, 3], y: 0 }, data: points.map((point, place) => [place, point.low, point.value, point.high]), markLine: { silent: true, symbol: "none", data: [{ xAxis: 0 }], lineStyle: { color: "#7a8391" }, label: { show: false } } }],
  };
}

function choice(name, values, label, current) {
  const options = values.map(([value, text]) => element("option", { value, selected: value === current }, text));
  return element("label", {}, word(label), element("select", { id: "choose-" + name, on: { change: (event) => go({ [name]: event.target.value }) } }, options));
}

// Why a measure has no rows, in the words of measurement_coverage.
function why(measure) {
  const row = rows("coverage").find((each) => each.measure === measure);
  return (row && (state.lang === "zh" ? row.reason_zh : row.reason_en)) || word("nothing");
}
