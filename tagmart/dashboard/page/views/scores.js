views.scores = () => {
  const found = rows("scores"), marks = rows("calibration"), codes = [...new Set(marks.map((row) => row.score))].sort();
  const code = codes.includes(state.score) ? state.score : codes[0];
  const bins = marks.filter((row) => row.score === code), far = Math.max(...bins.flatMap((row) => [row.predicted_mean, row.seen_mean]), 0);
  const kind = far <= 1 ? "share" : "number";
  return [element("div", { class: "grid" },
    figure({
      id: "scores", title: "scores", note: word("scores.note"), wide: true, why: word("scores.none"),
      columns: [["score", null], ["days", "count"], ["judged_at", null], ["customers", "count"], ["auc", "number"], ["brier", "number"], ["calibration_error", "number"], ["by_chance", "number"], ["sum_ratio", "number"], ["hit_rate", "share"], ["popularity", "share"], ["verdict", null]],
      body: found.map((row) => [word("score." + row.score), row.horizon_days, row.evaluated_on, row.customers, row.auc, row.brier, row.expected_calibration_error, row.calibration_error_by_chance, row.sum_ratio, row.hit_rate, row.popularity_hit_rate, word("verdict." + row.verdict)]),
    }),
    figure({
      id: "calibration", title: "calibration", note: word("calibration.note"), wide: true, height: 360, why: word("scores.none"),
      controls: codes.length ? choice("score", codes.map((each) => [each, word("score." + each)]), "score", code) : null,
      option: {
        tooltip: { trigger: "item", confine: true }, legend: legend(), xAxis: valueAxis(kind, { name: word("predicted"), nameLocation: "middle", nameGap: 26, min: 0 }), yAxis: valueAxis(kind, { min: 0 }),
        grid: { left: 8, right: 24, top: 36, bottom: 28, containLabel: true },
        series: [
          { name: word("seen"), type: "scatter", symbolSize: 11, data: bins.map((row) => [row.predicted_mean, row.seen_mean]) },
          { name: word("as_predicted"), type: "line", symbol: "none", lineStyle: { type: "dashed" }, data: [[0, 0], [far, far]] },
        ],
      },
      columns: [["bin", "count"], ["customers", "count"], ["predicted", kind], ["seen", kind], ["by_chance", kind]],
      body: bins.map((row) => [row.bin, row.customers, row.predicted_mean, row.seen_mean, row.gap_by_chance]),
    }))];
};
