// Packed columns into rows, and the cells that a filter leaves.
const unpacked = {};

function rows(name) {
  if (unpacked[name]) return unpacked[name];
  const frame = FACTS.frames[name], columns = Object.entries(frame.values), found = [];
  for (let place = 0; place < frame.rows; place++) {
    const row = {};
    for (const [column, held] of columns) {
      row[column] = Array.isArray(held) ? held[place] : held.codes[place] === null ? null : held.texts[held.codes[place]];
    }
    found.push(row);
  }
  return (unpacked[name] = found);
}

const indexed = new Map();

function cell(date, scheme, segment, channel) {
  if (!indexed.size) for (const row of rows("cells")) indexed.set([row.as_of_date, row.scheme_code, row.segment_code, row.channel].join("\n"), row);
  return indexed.get([date, scheme, segment, channel].join("\n"));
}

// The cell of what is chosen: everybody, a class, a channel, or a class of a channel. Null: too few customers, or nobody.
function chosen(date) {
  const scheme = state.class === ALL ? ALL : state.scheme;
  return cell(date, scheme, state.class, state.channel) || null;
}

// Classes of a scheme at a date in the order of their definition, `_other` last, with their cell in the chosen channel.
function classes(date, scheme) {
  const found = rows("cells").filter((row) => row.as_of_date === date && row.scheme_code === scheme && row.channel === state.channel);
  const order = positions(scheme);
  return found.sort((one, two) => (order.get(one.segment_code) ?? 999) - (order.get(two.segment_code) ?? 999));
}

function positions(scheme) {
  return new Map(rows("names").filter((row) => row.scheme_code === scheme).map((row) => [row.segment_code, row.position]));
}

function channels(date) {
  return rows("cells").filter((row) => row.as_of_date === date && row.scheme_code === ALL && row.channel !== ALL);
}

function total(date) {
  return cell(date, ALL, ALL, state.channel) || null;
}

function before(date) {
  return facts.dates[facts.dates.indexOf(date) + 1] || null;
}

function yearBefore(date) {
  const day = new Date(date + "T00:00:00Z");
  const target = new Date(Date.UTC(day.getUTCFullYear() - 1, day.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
  return facts.dates.includes(target) ? target : null;
}
