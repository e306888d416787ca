// Every knob and objective as an upright axis, every trial as a line across them; dragging along an axis filters.

const parallelHeight = 340;
const parallelMargin = { left: 56, right: 56, top: 48, bottom: 46 };
const unsetDrop = 20; // how far below the axis lines of unset knobs pass
const lineBatch = 50; // lines per stroke: one huge path is much slower than many small ones
const linesDrawn = 2500; // of the dominated trials; more would only make the same grey

function parallelSection(study) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const layer = s("svg", { class: "axes", role: "group", "aria-label": "Axes with filters" });
  const frame = h("div", { class: "plot", id: "parallel-plot" }, canvas, layer);
  const scroller = h("div", { class: "scroller" }, frame);
  const chips = h("div", { class: "chips", id: "filters" });
  let geometry = null;

  const axisX = i => geometry.left + (study.axes.length === 1 ? 0.5 : i / (study.axes.length - 1)) * (geometry.right - geometry.left);
  const axisY = fraction => Number.isNaN(fraction) ? geometry.bottom + unsetDrop : geometry.bottom - fraction * (geometry.bottom - geometry.top);
  const fractionAt = y => clamp((geometry.bottom - y) / (geometry.bottom - geometry.top), 0, 1);

  function draw() {
    const width = Math.max(scroller.clientWidth, 86 * study.axes.length);
    frame.style.width = width + "px";
    sizePlot(frame, width, parallelHeight);
    geometry = {
      width, left: parallelMargin.left, right: width - parallelMargin.right,
      top: parallelMargin.top, bottom: parallelHeight - parallelMargin.bottom,
    };
    drawLines();
    drawAxisLayer();
    mergeOnPaper(canvas, layer, width, parallelHeight);
  }

  function drawLines() {
    if (!geometry) return;
    const context = sizeCanvas(canvas, geometry.width, parallelHeight);
    const shown = study.measured.filter(point => study.visible[point.index]);
    const hidden = study.measured.length - shown.length;
    const dominated = thin(shown.filter(point => !point.frontier), linesDrawn);
    if (hidden > 0 && hidden <= 2000) // a trace of what the filters took away
      strokeLines(context, study.measured.filter(point => !study.visible[point.index]), "dominated", 0.8, 0.05);
    strokeLines(context, dominated, "dominated", 1, clamp(60 / (dominated.length + 1), 0.04, 0.4));
    strokeLines(context, shown.filter(point => point.frontier), "frontier", 1.6, clamp(80 / (study.frontier.length + 1), 0.12, 0.85));
    if (study.knee && study.visible[study.knee.index]) strokeLines(context, [study.knee], "knee", 2.6, 1);
    drawHighlights();
  }

  function strokeLines(context, points, color, width, strength) {
    context.strokeStyle = themeColor(color);
    context.lineWidth = width;
    context.globalAlpha = strength;
    context.lineJoin = "round";
    for (let start = 0; start < points.length; start += lineBatch) {
      context.beginPath();
      for (const point of points.slice(start, start + lineBatch)) trace(context, point);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function trace(context, point) {
    study.axes.forEach((axis, i) => {
      const x = axisX(i), y = axisY(axis.places[point.index]);
      if (i === 0) context.moveTo(x, y); else context.lineTo(x, y);
    });
  }

  const highlights = s("g", { class: "highlights" });
  function drawHighlights() {
    if (!geometry) return;
    const lines = [[study.pinned, "pinned"], [study.hovered, "hovered"]].filter(([point]) => point?.measured).map(([point, name]) =>
      s("polyline", { class: "line " + name, points: study.axes.map((axis, i) => `${axisX(i)},${axisY(axis.places[point.index])}`).join(" ") }));
    highlights.replaceChildren(...lines);
  }

  function drawAxisLayer() {
    layer.setAttribute("viewBox", `0 0 ${geometry.width} ${parallelHeight}`);
    layer.replaceChildren(highlights, ...study.axes.map(drawAxis));
  }

  function drawAxis(axis, i) {
    const x = axisX(i), group = s("g", { class: "parallel-axis " + axis.kind });
    const room = (geometry.right - geometry.left) / Math.max(1, study.axes.length - 1) - 12;
    group.append(s("line", { class: "axis", x1: x, x2: x, y1: geometry.top, y2: geometry.bottom }));
    axisLabels(axis).forEach(({ fraction, text }) => group.append(
      s("text", { class: "tick halo", x: x + 12, y: axisY(fraction) + 4 }, shorten(text, Math.max(4, room / 6.5)))));
    group.append(s("text", { class: "axis-title", x, y: 16, "text-anchor": "middle" }, shorten(axis.label, Math.max(8, room / 6.2)), s("title", {}, axis.label)));
    if (axis.kind === "objective")
      group.append(s("text", { class: "better", x, y: 32, "text-anchor": "middle" }, axis.maximize ? "\u2191 larger is better" : "\u2193 smaller is better"));
    if (axis.places.some((place, p) => study.points[p].measured && Number.isNaN(place)))
      group.append(s("text", { class: "tick", x, y: geometry.bottom + unsetDrop + 16, "text-anchor": "middle" }, "not set"));

    // The brush: a wide invisible strip to drag along, the chosen range, and a handle at each end.
    const [low, high] = study.filters.get(axis) ?? [0, 1];
    const strip = s("rect", { class: "strip", x: x - 14, y: geometry.top - 8, width: 28, height: geometry.bottom - geometry.top + 16, "data-axis": axis.name });
    strip.addEventListener("pointerdown", event => startBrush(event, axis, strip));
    group.append(strip);
    if (study.filters.has(axis))
      group.append(s("rect", { class: "brush", x: x - 6, width: 12, y: axisY(high), height: Math.max(2, axisY(low) - axisY(high)) }));
    group.append(handle(axis, x, 0), handle(axis, x, 1));
    return group;
  }

  // A handle is a slider for the keyboard and a grip for the pointer.
  function handle(axis, x, end) {
    const range = study.filters.get(axis) ?? [0, 1], y = axisY(range[end]);
    const grip = s("rect", {
      class: "handle", x: x - 9, y: y - 3 + (end === 0 ? 3 : -3), width: 18, height: 6, rx: 3, tabindex: "0", role: "slider",
      "aria-label": `${axis.name}: ${end === 0 ? "lower" : "upper"} limit of the filter`, "aria-orientation": "vertical",
      "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(100 * range[end]), "aria-valuetext": axis.text(range[end]),
      "data-handle": `${axis.key} ${end}`,
    });
    grip.addEventListener("pointerdown", event => startDrag(event, axis, end, grip));
    grip.addEventListener("keydown", event => {
      const step = axis.choices ? 1 / Math.max(1, axis.choices.length - 1) : 0.02;
      const move = { ArrowUp: step, ArrowRight: step, PageUp: 5 * step, ArrowDown: -step, ArrowLeft: -step, PageDown: -5 * step, Home: -1, End: 1 }[event.key];
      if (move === undefined) return;
      event.preventDefault();
      moveEnd(axis, end, (study.filters.get(axis) ?? [0, 1])[end] + move);
      layer.querySelector(`[data-handle="${grip.dataset.handle}"]`)?.focus();
    });
    return grip;
  }

  function moveEnd(axis, end, fraction) {
    const range = [...(study.filters.get(axis) ?? [0, 1])];
    range[end] = end === 0 ? clamp(fraction, 0, range[1]) : clamp(fraction, range[0], 1);
    study.setFilter(axis, range);
  }

  const localY = event => event.clientY - frame.getBoundingClientRect().top;

  function follow(event, onmove, onend) {
    event.preventDefault();
    const move = moved => onmove(fractionAt(localY(moved)));
    const end = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      onend?.();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
  }

  function startDrag(event, axis, end) { follow(event, fraction => moveEnd(axis, end, fraction)); }

  function startBrush(event, axis) {
    const from = fractionAt(localY(event));
    let moved = false;
    follow(event, to => {
      moved ||= Math.abs(to - from) > 0.015;
      if (moved) study.setFilter(axis, [Math.min(from, to), Math.max(from, to)]);
    }, () => { if (!moved) study.setFilter(axis, null); }); // a click clears
  }

  function drawChips() {
    const matching = study.measured.filter(point => study.visible[point.index]).length;
    const parts = [h("span", { class: "match", id: "match-count" }, `${matching.toLocaleString("en-US")} of ${count(study.measured.length, "trial", "trials")} shown`)];
    for (const [axis, [low, high]] of study.filters) {
      const chip = h("button", { type: "button", class: "chip", "aria-label": `Remove the filter on ${axis.name}`, onclick: () => study.setFilter(axis, null) },
        `${axis.name}: ${axis.text(low)} \u2013 ${axis.text(high)} \u2715`);
      parts.push(chip);
    }
    if (study.filters.size > 1) parts.push(h("button", { type: "button", onclick: study.clearFilters }, "Clear all"));
    chips.replaceChildren(...parts);
  }

  const redrawLines = onceAFrame(drawLines);
  study.on("filter", () => { redrawLines(); drawAxisLayer(); drawChips(); });
  study.on("point", drawHighlights);
  drawWhenSized(scroller, draw);
  drawChips();

  return section("parallel", "Knobs and objectives", "Drag along an axis to keep a range; every picture and the table follow. Click the axis to clear.", chips, scroller);
}

/** Every n-th of the points, so that no more than a limit remains. */
const thin = (points, limit) => {
  const every = Math.ceil(points.length / limit);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0);
};

function axisLabels(axis) {
  if (axis.choices) return axis.choices.length <= 16 ? axis.choices.map(choice => ({ fraction: axis.placeOf(choice), text: choice })) : [];
  const { scale } = axis, inner = scale.ticks(5).map(tick => ({ ...tick, fraction: scale.fraction(tick.value), text: axis.kind === "knob" ? compact(tick.value) : tick.text }));
  return inner.filter(tick => (!axis.whole || Number.isInteger(tick.value)) && tick.fraction >= -0.001 && tick.fraction <= 1.001);
}

const shorten = (text, length) => text.length <= length ? text : text.slice(0, Math.max(1, Math.floor(length) - 1)) + "\u2026";
