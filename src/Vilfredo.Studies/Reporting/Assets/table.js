// The frontier as a table: sortable, filtered with the pictures, and ready to be taken along.

const rowsAtFirst = 200;

function tableSection(study) {
  const columns = tableColumns(study);
  const order = { column: columns[1] ?? columns[0], descending: (columns[1] ?? columns[0]).maximize === true };
  let all = false;

  const body = h("tbody"), head = h("tr"), more = h("div", { class: "buttons" });
  const table = h("table", {}, h("caption", { class: "visually-hidden" }, "Trials on the frontier"), h("thead", {}, head), body);

  function draw() {
    head.replaceChildren(...columns.map(column => {
      const sorted = order.column === column;
      const sort = h("button", { type: "button", onclick: () => {
        order.descending = sorted ? !order.descending : column.maximize === true;
        order.column = column;
        draw();
      } }, column.label, h("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (order.descending ? " \u25bc" : " \u25b2") : ""));
      return h("th", { scope: "col", class: column.numeric ? "number" : null, "aria-sort": sorted ? (order.descending ? "descending" : "ascending") : null }, sort);
    }), ...(study.hasCommands ? [h("th", { scope: "col" }, "command")] : []));

    const rows = study.frontier.filter(point => study.visible[point.index]).sort(compare);
    body.replaceChildren(...rows.slice(0, all ? rows.length : rowsAtFirst).map(row));
    if (rows.length === 0)
      body.append(h("tr", {}, h("td", { colspan: columns.length + 1, class: "hint" }, study.frontier.length === 0 ? "No trial completed, so there is no frontier." : "The filters leave no trial of the frontier.")));
    more.replaceChildren(...(rows.length > rowsAtFirst && !all ? [h("button", { type: "button", onclick: () => { all = true; draw(); } }, `Show all ${rows.length} rows`)] : []));
    mark();
  }

  function compare(a, b) {
    const x = order.column.sort(a), y = order.column.sort(b);
    if (x === null || y === null) return (x === null) - (y === null); // what is not set comes last
    const way = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true });
    return (order.descending ? -way : way) || a.trial - b.trial;
  }

  function row(point) {
    const cells = columns.map(column => h("td", { class: column.numeric ? "number" : null }, column.text(point)));
    const command = study.hasCommands ? [h("td", {}, point.command ? copyButton("Copy", point.command) : null)] : [];
    return h("tr", {
      tabindex: "0", "data-trial": point.trial, "aria-label": describe(study, point),
      onclick: () => study.pin(point),
      onkeydown: event => { if (event.key === "Enter" && event.target === event.currentTarget) study.pin(point); },
      onpointerenter: () => study.hover(point), onpointerleave: () => study.hover(null),
    }, ...cells, ...command);
  }

  function mark() {
    for (const line of body.rows) {
      line.classList.toggle("pinned", String(study.pinned?.trial) === line.dataset.trial);
      line.classList.toggle("hovered", String(study.hovered?.trial) === line.dataset.trial);
    }
  }

  study.on("filter", onceAFrame(draw));
  study.on("point", mark);
  draw();

  const save = (name, points) => download(name, "text/csv;charset=utf-8", toCsv(study, points));
  const buttons = h("div", { class: "buttons" },
    h("button", { type: "button", id: "csv-frontier", onclick: () => save("frontier.csv", study.frontier) }, "Frontier as CSV"),
    h("button", { type: "button", id: "csv-all", onclick: () => save("trials.csv", study.points) }, "All trials as CSV"));
  return section("frontier", "Frontier", `${count(study.frontier.length, "trial", "trials")} that no other trial beats in every objective. Click a row to pin it.`,
    buttons, h("div", { class: "scroller" }, table), more);
}

function tableColumns(study) {
  const columns = [{
    label: "trial", numeric: true, sort: point => point.trial,
    text: point => point.knee ? h("span", {}, h("span", { class: "knee-mark", title: "knee" }, "\u25c6 "), String(point.trial)) : String(point.trial),
  }];
  study.data.objectives.forEach((objective, i) => columns.push({
    label: labelOf(objective.name, objective.format.unit), numeric: true, maximize: objective.maximize,
    sort: point => point.values[i], text: point => formatValue(point.values[i], objective.format),
  }));
  if (study.hasProbabilities)
    columns.push({ label: "non-dominated", numeric: true, maximize: true, sort: point => point.probability ?? null, text: point => point.probability === undefined ? "" : formatProbability(point.probability) });
  study.data.knobs.forEach((knob, i) => columns.push({
    label: knob.name, numeric: knob.kind !== "categorical", sort: point => point.knobs[i],
    text: point => point.knobs[i] === null ? "\u2013" : shortKnobText(knob, point.knobs[i]),
  }));
  return columns;
}

/** Comma-separated values in full precision and the units of measurement (RFC 4180). */
function toCsv(study, points) {
  const { objectives, knobs } = study.data;
  const header = ["trial", "state", "frontier", "knee", "probability", ...objectives.map(o => labelOf(o.name, o.unit)), ...knobs.map(knob => knob.name)];
  const rows = points.map(point => [
    point.trial, point.state, point.frontier ? 1 : 0, point.knee ? 1 : 0, point.probability ?? "",
    ...objectives.map((_, i) => point.values?.[i] ?? ""), ...point.knobs.map(value => value ?? "")]);
  const quote = cell => /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
  return [header, ...rows].map(row => row.map(quote).join(",")).join("\r\n") + "\r\n";
}
