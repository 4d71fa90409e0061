// Numbers, dates and names in the chosen language.
const locale = () => (state.lang === "zh" ? "zh-CN" : "en-GB");
const formats = new Map();

function format(value, kind) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const key = locale() + kind;
  if (!formats.has(key)) {
    const options = {
      count: { maximumFractionDigits: 0 }, amount: { minimumFractionDigits: 2, maximumFractionDigits: 2 }, share: { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 },
      change: { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" }, signed: { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" },
      number: { maximumFractionDigits: 3 }, short: { notation: "compact", maximumFractionDigits: 1 },
    }[kind];
    formats.set(key, new Intl.NumberFormat(locale(), options));
  }
  return formats.get(key).format(value);
}

const named = (row) => (row ? row[state.lang === "zh" ? "name_zh" : "name_en"] : null);

function lookup(name, key) {
  const map = new Map(rows(name).map((row) => [key(row), row]));
  return (code) => map.get(code);
}

let classRow = null, tagRow = null;

function className(scheme, code) {
  if (code.startsWith("_") || WORDS["class." + code]) return word("class." + code);
  classRow = classRow || lookup("names", (row) => row.scheme_code + "\n" + row.segment_code);
  const row = classRow(scheme + "\n" + code);
  if (!row) missing.add(scheme + "." + code);
  return named(row) || code;
}

function schemeName(scheme) {
  const row = rows("names").find((each) => each.scheme_code === scheme);
  if (!row) return word("scheme." + scheme);
  return state.lang === "zh" ? row.scheme_name_zh : row.scheme_name_en;
}

function tagName(code) {
  tagRow = tagRow || lookup("tag_names", (row) => row.tag_code);
  return named(tagRow(code)) || (WORDS["column." + code] ? word("column." + code) : code);
}

// Channels are the brand's own words, but for those that stand for several or none.
const channelName = (code) => (WORDS["channel." + code] ? word("channel." + code) : code);
const share = (part, whole) => (part === null || part === undefined || !whole ? null : part / whole);
