// Charts and tables. Every chart has its numbers in a table below it, for readers who do not see it and for those who do.
const COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#5E4FA2", "#7F7F7F", "#B8B03A"];
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
const drawn = [];

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// columns: [code of the heading, kind of format or null for text]; rows: lists of values, or of elements.
function table(columns, body) {
  const heads = columns.map(([code, kind]) => element("th", { scope: "col", class: kind ? "number" : null }, word(code)));
  const lines = body.map((line) => element("tr", {}, line.map((value, place) => {
    const kind = columns[place][1];
    const held = value instanceof Node || (kind && typeof value === "string") ? value : kind ? format(value, kind) : value === null ? "–" : String(value);
    const isShort = typeof held === "string" && held.length < 22;
    return element("td", { class: kind ? "number" : isShort ? "short" : null }, held);
  })));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("table") },
    element("table", {}, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, lines)));
}

// made: {id, title, note, option, height, columns, body, controls, wide, why}: a chart with its table, a table alone, or why there is none.
function figure(made) {
  const box = element("figure", { id: made.id, class: made.wide ? "wide" : null });
  box.append(element("h3", {}, word(made.title)));
  if (made.note) box.append(element("p", { class: "note" }, made.note));
  if (made.controls) box.append(made.controls);
  if (!made.body || !made.body.length) {
    box.append(element("p", { class: "empty" }, made.why || word("nothing")));
    return box;
  }
  const numbers = table(made.columns, made.body);
  if (!made.option) return box.append(numbers), box;
  const place = element("div", { class: "chart", style: `height:${made.height || 300}px` });
  box.append(place, element("details", {}, element("summary", {}, word("numbers")), numbers));
  drawn.push([place, made.option]);
  return box;
}

function draw() {
  for (const [place, option] of drawn.splice(0)) {
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: false, color: COLOURS, textStyle: { fontFamily: FONT, fontSize: 12 }, aria: { enabled: true, decal: { show: false } },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }, ...option,
    });
  }
}

function forget() {
  for (const place of document.querySelectorAll(".chart")) { const chart = echarts.getInstanceByDom(place); if (chart) chart.dispose(); }
}

addEventListener("resize", () => {
  for (const place of document.querySelectorAll(".chart")) { const chart = echarts.getInstanceByDom(place); if (chart) chart.resize(); }
});
