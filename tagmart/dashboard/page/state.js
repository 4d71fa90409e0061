// What is looked at: in the address after #, and nowhere else.
const WORDS = JSON.parse(document.getElementById("words").textContent);
const FACTS = JSON.parse(document.getElementById("data").textContent);
const VIEWS = ["overview", "classes", "flows", "value", "revenue", "campaigns", "contacts", "channels", "tags", "scores"];
const ALL = "_all", OTHER = "_other";
const facts = FACTS.facts;
const state = {};

function defaults() {
  const first = facts.schemes.includes("lifecycle") ? "lifecycle" : facts.schemes[0];
  return { view: "overview", lang: facts.language, date: facts.as_of_date, scheme: first, class: ALL, channel: ALL, period: "", score: "", measure: "net_amount" };
}

function readHash() {
  const said = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, defaults());
  for (const key of Object.keys(state)) if (said.has(key)) state[key] = said.get(key);
  const known = { view: VIEWS, lang: ["zh", "en"], date: facts.dates, scheme: facts.schemes };
  for (const [key, values] of Object.entries(known)) if (!values.includes(state[key])) state[key] = defaults()[key];
}

function go(change) {
  const next = { ...state, ...change }, usual = defaults();
  if (change.scheme) next.class = ALL;
  const said = Object.entries(next).filter(([key, value]) => value !== usual[key]);
  const hash = "#" + new URLSearchParams(said);
  if (hash === location.hash || (hash === "#" && !location.hash)) return;
  location.hash = hash;
}

function word(code) {
  const pair = WORDS[code];
  if (!pair) { missing.add(code); return code; }
  return pair[state.lang === "zh" ? 1 : 0];
}

// Codes without a name in one of the languages; a test holds that there are none.
const missing = new Set();

// A function by view that returns what stands in it.
const views = {};
