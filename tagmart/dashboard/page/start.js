// The tabs, the filters, and the view that is chosen. A view is drawn when it is looked at.
const FILTERED = { overview: ["date", "scheme", "class", "channel"], classes: ["date", "scheme", "class", "channel"], flows: ["date", "scheme", "class"], value: ["date", "scheme", "channel"], revenue: ["scheme", "class"], campaigns: ["scheme"], contacts: [], channels: ["date", "scheme", "class"], tags: [], scores: [] };

function filters() {
  const shown = FILTERED[state.view], made = [];
  const kept = rows("cells").filter((row) => row.as_of_date === state.date);
  const segments = kept.filter((row) => row.scheme_code === state.scheme && row.channel === ALL).map((row) => row.segment_code);
  const order = positions(state.scheme);
  segments.sort((one, two) => (order.get(one) ?? 999) - (order.get(two) ?? 999));
  if (shown.includes("date")) made.push(choice("date", facts.dates.map((date) => [date, date]), "date", state.date));
  if (shown.includes("scheme")) made.push(choice("scheme", facts.schemes.map((code) => [code, schemeName(code)]), "scheme", state.scheme));
  if (shown.includes("class")) made.push(choice("class", [[ALL, word("all")], ...segments.map((code) => [code, className(state.scheme, code)])], "class", state.class));
  if (shown.includes("channel")) made.push(choice("channel", [[ALL, word("all")], ...channels(state.date).map((row) => [row.channel, channelName(row.channel)])], "channel", state.channel));
  return made;
}

function tab(view) {
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go({ view: VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length] });
    setTimeout(() => document.querySelector("[role=tab][aria-selected=true]").focus(), 0);
  };
  const selected = view === state.view;
  return element("button", { type: "button", role: "tab", id: "tab-" + view, "aria-selected": String(selected), "aria-controls": "main", tabindex: selected ? "0" : "-1", on: { click: () => go({ view }), keydown: move } }, word("view." + view));
}

function section(view) {
  const made = element("section", { "aria-labelledby": "head-" + view }, element("h2", { id: "head-" + view }, word("view." + view)), element("p", { class: "note" }, word("about." + view)));
  made.append(...views[view]());
  return made;
}

function frame() {
  document.documentElement.lang = state.lang;
  document.getElementById("title").textContent = word("title");
  document.getElementById("subtitle").textContent = word("subtitle").replace("{date}", facts.as_of_date).replace("{least}", facts.least);
  document.getElementById("language").textContent = state.lang === "zh" ? "English" : "中文";
  document.getElementById("print").textContent = word("print");
  document.getElementById("skip").textContent = word("skip");
  document.getElementById("filters").setAttribute("aria-label", word("filters"));
}

function show(all) {
  readHash();
  const focused = document.activeElement && document.activeElement.id;
  document.body.classList.toggle("printing", Boolean(all));
  forget();
  frame();
  const tabs = document.getElementById("tabs");
  tabs.setAttribute("aria-label", word("views"));
  tabs.replaceChildren(...VIEWS.map(tab));
  document.getElementById("filters").replaceChildren(...filters());
  const sections = (all ? VIEWS : [state.view]).map(section);
  document.getElementById("main").replaceChildren(...sections);
  draw();
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
}

document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("language").addEventListener("click", () => go({ lang: state.lang === "zh" ? "en" : "zh" }));
document.getElementById("print").addEventListener("click", () => { show(true); print(); show(false); });
document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("main").focus(); });
addEventListener("hashchange", () => show(false));
show(false);
window.tagmart = { missing, rows, state, showAll: () => show(true) };
