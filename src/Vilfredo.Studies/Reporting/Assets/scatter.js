// The trade-off: two objectives against each other, the frontier as a staircase.

const plotMargin = { left: 66, right: 20, top: 34, bottom: 52 };
const hoverReach = 22; // pixels around the pointer in which a point is found

function scatterSection(study) {
  const columns = scatterColumns(study);
  const view = {
    x: columns[0], y: columns[1],
    log: new Map(columns.map(column => [column, column.log])),
    extent: "all", // or "frontier"
    zoom: null, // [low x, high x, low y, high y] as values, over the extent
  };

  const canvas = h("canvas", { "aria-hidden": "true" });
  const axisLayer = s("svg", { class: "axes", "aria-hidden": "true" });
  const markLayer = s("svg", { class: "marks", "aria-hidden": "true" });
  const frame = h("div", {
    class: "plot", id: "scatter-plot", tabindex: "0", role: "application",
    "aria-label": "Scatter plot of the objectives. Left and right arrow keys walk along the frontier, Enter pins a point, plus and minus zoom, Escape resets.",
  }, canvas, axisLayer, markLayer);
  const legend = h("ul", { class: "legend", "aria-label": "Legend" });

  let geometry = null; // scales and size of the last drawing
  const drawPoints = onceAFrame(() => draw());

  function draw() {
    const width = frame.clientWidth, height = clamp(width * 0.62, 320, 560);
    sizePlot(frame, width, height);
    const area = { left: plotMargin.left, top: plotMargin.top, right: width - plotMargin.right, bottom: height - plotMargin.bottom };
    const { scaleX, scaleY } = makeScales();
    const px = value => area.left + scaleX.fraction(value) * (area.right - area.left);
    const py = value => area.bottom - scaleY.fraction(value) * (area.bottom - area.top);
    const ticksX = scaleX.ticks(Math.max(2, (area.right - area.left) / 95)), ticksY = scaleY.ticks(Math.max(2, (area.bottom - area.top) / 60));
    geometry = { width, height, area, scaleX, scaleY, px, py, ticksX, ticksY, places: placePoints(px, py, area) };

    for (const layer of [axisLayer, markLayer]) layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawAxes(axisLayer, geometry, view);
    const context = sizeCanvas(canvas, width, height);
    context.save();
    context.beginPath();
    context.rect(area.left - 1, area.top - 1, area.right - area.left + 2, area.bottom - area.top + 2);
    context.clip();
    drawGrid(context);
    drawBands(context);
    drawStaircase(context);
    drawCloud(context);
    drawTimedOut(context);
    drawFrontier(context);
    context.restore();
    mergeOnPaper(canvas, axisLayer, width, height);
    drawMarks();
    drawLegend(legend, study, view);
  }

  function makeScales() {
    const fit = column => {
      const shown = view.extent === "frontier" && study.frontier.length > 0 ? study.frontier : study.measured;
      return fitScale(shown.map(column.value), view.log.get(column), column.format.divisor);
    };
    const over = (scale, column, low, high) => low === undefined ? scale : makeScale(low, high, scale.log, column.format.divisor);
    return {
      scaleX: over(fit(view.x), view.x, view.zoom?.[0], view.zoom?.[1]),
      scaleY: over(fit(view.y), view.y, view.zoom?.[2], view.zoom?.[3]),
    };
  }

  function placePoints(px, py, area) {
    const places = new Float64Array(2 * study.points.length).fill(NaN);
    for (const point of study.measured) {
      const x = px(view.x.value(point)), y = py(view.y.value(point));
      if (x < area.left - 1 || x > area.right + 1 || y < area.top - 1 || y > area.bottom + 1) continue;
      places[2 * point.index] = x;
      places[2 * point.index + 1] = y;
    }
    return places;
  }

  // The line from the worst edge in y along all corners to the worst edge in x.
  function traceStaircase(context, corners) {
    const { area, px, py } = geometry;
    const worstX = view.x.maximize ? area.left : area.right, worstY = view.y.maximize ? area.bottom : area.top;
    const steps = orient(corners, view);
    context.moveTo(px(steps[0][0]), worstY);
    steps.forEach(([x, y], i) => {
      if (i > 0) context.lineTo(px(x), py(steps[i - 1][1]));
      context.lineTo(px(x), py(y));
    });
    context.lineTo(worstX, py(steps.at(-1)[1]));
    return [worstX, worstY];
  }

  function drawGrid(context) {
    const { area, px, py, ticksX, ticksY } = geometry;
    context.strokeStyle = themeColor("grid");
    context.lineWidth = 1;
    context.beginPath();
    for (const tick of ticksX) { context.moveTo(px(tick.value), area.top); context.lineTo(px(tick.value), area.bottom); }
    for (const tick of ticksY) { context.moveTo(area.left, py(tick.value)); context.lineTo(area.right, py(tick.value)); }
    context.stroke();
  }

  function drawStaircase(context) {
    const corners = staircaseOf(study, view);
    if (corners.length === 0) return;
    const dominatedCorner = () => { // shades what the frontier dominates
      context.beginPath();
      const [worstX, worstY] = traceStaircase(context, corners);
      context.lineTo(worstX, worstY);
      context.closePath();
    };
    dominatedCorner();
    context.fillStyle = themeColor("frontier");
    context.globalAlpha = 0.05;
    context.fill();
    context.globalAlpha = 1;
    context.beginPath();
    traceStaircase(context, corners);
    context.strokeStyle = themeColor("frontier");
    context.lineWidth = 1.5;
    context.stroke();
  }

  // What some but not all runs attain: shaded from each level to the next, the levels themselves as thin lines.
  function drawBands(context) {
    const curves = study.data.attainment.filter(curve => curve.corners.length > 0);
    if (curves.length === 0 || !isPlane(view, 0, 1)) return;
    context.fillStyle = themeColor("band");
    context.strokeStyle = themeColor("band");
    for (let i = 0; i + 1 < curves.length; i++) {
      context.beginPath();
      for (const { corners } of [curves[i], curves[i + 1]]) {
        context.lineTo(...traceStaircase(context, corners));
        context.closePath();
      }
      context.globalAlpha = 0.28;
      context.fill("evenodd"); // attained by the one but not by the other
    }
    for (const { corners } of curves) {
      context.beginPath();
      traceStaircase(context, corners);
      context.globalAlpha = 0.8;
      context.lineWidth = 1;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function drawCloud(context) {
    const dominated = study.measured.filter(point => !point.frontier);
    const many = dominated.length > 3000; // then tiny squares, which draw many times faster than dots
    const radius = many ? 1.2 : dominated.length > 500 ? 2.2 : 3.2;
    const strength = many ? 0.4 : dominated.length > 500 ? 0.45 : 0.65;
    context.fillStyle = themeColor("dominated");
    context.strokeStyle = themeColor("infeasible");
    context.lineWidth = 1.1;
    for (const visible of [0, 1]) {
      for (const point of dominated) {
        const x = geometry.places[2 * point.index], y = geometry.places[2 * point.index + 1];
        if (Number.isNaN(x) || study.visible[point.index] !== visible) continue;
        const hollow = point.state === "infeasible";
        context.globalAlpha = visible ? (hollow ? 0.9 : strength) : 0.06;
        if (many) {
          if (hollow) context.strokeRect(x - radius, y - radius, 2 * radius, 2 * radius);
          else context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
          continue;
        }
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        if (hollow) context.stroke(); else context.fill();
      }
    }
    context.globalAlpha = 1;
  }

  // "At least this bad" as a triangle that points to where the true value may lie.
  function drawTimedOut(context) {
    context.strokeStyle = themeColor("timed-out");
    context.lineWidth = 1.2;
    for (const point of study.points) {
      if (!point.bounds || point.measured) continue;
      const x = view.x.bound(point), y = view.y.bound(point);
      if (typeof x !== "number" || typeof y !== "number") continue;
      const cx = geometry.px(x), cy = geometry.py(y), dx = view.x.maximize ? -1 : 1, dy = view.y.maximize ? 1 : -1;
      context.beginPath();
      context.moveTo(cx + 4 * dx, cy + 4 * dy);
      context.lineTo(cx - 4 * dx, cy + 1 * dy);
      context.lineTo(cx - 1 * dx, cy - 4 * dy);
      context.closePath();
      context.stroke();
    }
  }

  function drawFrontier(context) {
    const color = themeColor("frontier"), surface = themeColor("surface");
    const radius = study.frontier.length > 1000 ? 2.4 : study.frontier.length > 150 ? 3.4 : 4.6;
    const whiskers = study.frontier.length <= 200;
    for (const point of study.frontier) {
      const x = geometry.places[2 * point.index], y = geometry.places[2 * point.index + 1];
      if (Number.isNaN(x)) continue;
      const strength = study.visible[point.index] ? 1 : 0.12;
      if (whiskers) drawWhiskers(context, point, x, y, strength, color);
      context.globalAlpha = strength;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = surface;
      context.fill();
      context.globalAlpha = strength * (0.15 + 0.85 * (point.probability ?? 1)); // unsure members are paler inside
      context.fillStyle = color;
      context.fill();
      context.globalAlpha = strength;
      context.lineWidth = point.probability === undefined ? 1.2 : 1.5;
      context.strokeStyle = point.probability === undefined ? surface : color;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function drawWhiskers(context, point, x, y, strength, color) {
    if (!(point.samples?.length > 1)) return;
    const xs = point.samples.map(sample => view.x.sample(sample)), ys = point.samples.map(sample => view.y.sample(sample));
    const cap = 3;
    context.globalAlpha = 0.6 * strength;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.beginPath();
    const [x1, x2, y1, y2] = [geometry.px(Math.min(...xs)), geometry.px(Math.max(...xs)), geometry.py(Math.min(...ys)), geometry.py(Math.max(...ys))];
    if (Math.abs(x2 - x1) > 1) {
      context.moveTo(x1, y); context.lineTo(x2, y);
      for (const end of [x1, x2]) { context.moveTo(end, y - cap); context.lineTo(end, y + cap); }
    }
    if (Math.abs(y2 - y1) > 1) {
      context.moveTo(x, y1); context.lineTo(x, y2);
      for (const end of [y1, y2]) { context.moveTo(x - cap, end); context.lineTo(x + cap, end); }
    }
    context.stroke();
  }

  function drawMarks() {
    const marks = [];
    const place = point => {
      const x = geometry.places[2 * point.index], y = geometry.places[2 * point.index + 1];
      return Number.isNaN(x) ? null : [x, y];
    };
    const knee = study.knee && place(study.knee);
    if (knee) {
      const [x, y] = knee, left = x > geometry.area.right - 90;
      marks.push(s("g", { class: "knee", "data-trial": study.knee.trial },
        s("path", { d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z` }),
        s("text", { x: left ? x - 13 : x + 13, y: y - 9, "text-anchor": left ? "end" : "start" }, `knee \u00b7 trial ${study.knee.trial}`)));
    }
    for (const [point, name] of [[study.pinned, "pinned"], [study.hovered, "hovered"]]) {
      const at = point?.measured && place(point);
      if (at) marks.push(s("circle", { class: "ring " + name, cx: at[0], cy: at[1], r: 9 }));
    }
    markLayer.replaceChildren(...marks);
  }

  /** The measured, visible point nearest to a place of the plot, within reach. */
  function pointNear(x, y) {
    let best = null, distance = hoverReach ** 2;
    for (const point of study.measured) {
      if (!study.visible[point.index]) continue;
      const dx = geometry.places[2 * point.index] - x, dy = geometry.places[2 * point.index + 1] - y;
      const apart = (dx * dx + dy * dy) * (point.frontier ? 0.5 : 1); // the frontier is what one aims at
      if (apart < distance) [best, distance] = [point, apart];
    }
    return best;
  }

  function showTip(point) {
    const box = frame.getBoundingClientRect();
    tooltip.show(study, point, box.left + geometry.places[2 * point.index], box.top + geometry.places[2 * point.index + 1]);
  }

  // Pointer: hover shows, a click pins, a drag zooms, a double click resets.
  let dragFrom = null;
  const local = event => {
    const box = frame.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  frame.addEventListener("pointerdown", event => { dragFrom = event.button === 0 ? local(event) : null; });
  frame.addEventListener("pointermove", event => {
    const [x, y] = local(event);
    if (dragFrom && event.buttons === 1 && Math.hypot(x - dragFrom[0], y - dragFrom[1]) > 6) {
      frame.setPointerCapture(event.pointerId);
      tooltip.hide();
      const box = { x: Math.min(x, dragFrom[0]), y: Math.min(y, dragFrom[1]), width: Math.abs(x - dragFrom[0]), height: Math.abs(y - dragFrom[1]) };
      markLayer.querySelector(".zoom-box")?.remove();
      markLayer.append(s("rect", { class: "zoom-box", ...box }));
      return;
    }
    const point = pointNear(x, y);
    study.hover(point);
    if (point) showTip(point); else tooltip.hide();
    frame.style.cursor = point ? "pointer" : "crosshair";
  });
  frame.addEventListener("pointerup", event => {
    const [x, y] = local(event);
    const dragged = dragFrom && Math.hypot(x - dragFrom[0], y - dragFrom[1]) > 6;
    if (dragged) zoomTo(dragFrom, [x, y]);
    else if (dragFrom) {
      const point = pointNear(x, y);
      if (point) study.pin(point);
    }
    dragFrom = null;
  });
  frame.addEventListener("pointerleave", () => { if (!dragFrom) leave(); });
  frame.addEventListener("blur", leave);
  frame.addEventListener("dblclick", resetZoom);
  function leave() {
    tooltip.hide();
    study.hover(null);
  }

  function zoomTo([x1, y1], [x2, y2]) {
    const { area, scaleX, scaleY } = geometry;
    const fx = x => clamp((x - area.left) / (area.right - area.left), 0, 1), fy = y => clamp((area.bottom - y) / (area.bottom - area.top), 0, 1);
    setZoom([scaleX.value(fx(Math.min(x1, x2))), scaleX.value(fx(Math.max(x1, x2))), scaleY.value(fy(Math.max(y1, y2))), scaleY.value(fy(Math.min(y1, y2)))]);
  }

  function zoomBy(factor) {
    const { scaleX, scaleY } = geometry, low = 0.5 - factor / 2, high = 0.5 + factor / 2;
    setZoom([scaleX.value(low), scaleX.value(high), scaleY.value(low), scaleY.value(high)]);
  }

  function setZoom(zoom) {
    view.zoom = zoom;
    resetButton.disabled = zoom === null;
    draw();
  }

  function resetZoom() { setZoom(null); }

  // Keys walk along the frontier in the order of the axis across.
  frame.addEventListener("keydown", event => {
    const walk = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (walk) {
      const path = study.frontier.filter(point => study.visible[point.index]).sort((a, b) => view.x.value(a) - view.x.value(b));
      if (path.length === 0) return;
      const at = path.indexOf(study.hovered ?? study.pinned);
      const next = path[at < 0 ? (walk > 0 ? 0 : path.length - 1) : clamp(at + walk, 0, path.length - 1)];
      study.hover(next);
      showTip(next);
      announce(describe(study, next));
    } else if (event.key === "Enter" || event.key === " ") {
      if (study.hovered) study.pin(study.hovered);
    } else if (event.key === "+") zoomBy(0.6);
    else if (event.key === "-") zoomBy(1 / 0.6);
    else if (event.key === "Escape") {
      leave();
      resetZoom();
    } else return;
    event.preventDefault();
  });

  // Controls.
  const resetButton = h("button", { type: "button", disabled: true, onclick: resetZoom }, "Reset zoom");
  const controls = h("div", { class: "controls" });
  const choose = (label, name) => {
    const select = h("select", { onchange: () => { view[name] = columns[select.value]; resetZoom(); syncLogs(); } },
      ...columns.map((column, i) => h("option", { value: i, selected: column === view[name] }, column.name)));
    return h("label", {}, label + " ", select);
  };
  const logBox = (label, name) => {
    const box = h("input", { type: "checkbox", onchange: () => { view.log.set(view[name], box.checked); resetZoom(); } });
    box.sync = () => { box.checked = view.log.get(view[name]); box.disabled = !view[name].positive; };
    return [h("label", { class: "check" }, box, " " + label), box];
  };
  const [logX, logXBox] = logBox("log x", "x"), [logY, logYBox] = logBox("log y", "y");
  const syncLogs = () => { logXBox.sync(); logYBox.sync(); };
  const extent = h("input", { type: "checkbox", onchange: () => { view.extent = extent.checked ? "frontier" : "all"; resetZoom(); } });
  controls.append(
    ...(columns.length > 2 ? [choose("across", "x"), choose("up", "y")] : []),
    logX, logY,
    study.frontier.length > 0 ? h("label", { class: "check" }, extent, " fit to frontier") : "",
    resetButton);
  syncLogs();

  study.on("filter", drawPoints);
  study.on("point", () => geometry && drawMarks());
  drawWhenSized(frame, draw);

  const hint = "Hover for details, click to pin, drag to zoom.";
  return section("tradeoff", "Trade-off", hint, h("div", { class: "with-details" }, h("div", {}, controls, frame, legend), detailsPanel(study)));
}

/** What can be an axis: the objectives; with a single one, the trial number across. */
function scatterColumns(study) {
  const columns = study.data.objectives.map((objective, i) => ({
    index: i, name: objective.name, maximize: objective.maximize, log: objective.log, format: objective.format,
    label: labelOf(objective.name, objective.format.unit),
    positive: study.measured.every(point => point.values[i] > 0),
    value: point => point.values[i], bound: point => point.bounds[i], sample: sample => sample[i],
  }));
  if (columns.length > 1) return columns;
  const plain = { unit: null, divisor: 1, decimals: 0, digits: 4 };
  return [{
    index: -1, name: "trial", label: "trial", maximize: null, log: false, format: plain, positive: true,
    value: point => point.trial, bound: point => point.trial, sample: () => NaN,
  }, ...columns];
}

const isPlane = (view, a, b) => Math.min(view.x.index, view.y.index) === a && Math.max(view.x.index, view.y.index) === b;

function staircaseOf(study, view) {
  return study.data.staircases.find(staircase => isPlane(view, staircase.x, staircase.y))?.corners ?? [];
}

/** Corners as [across, up], from the best across to the best up, whichever way round the axes are shown. */
function orient(corners, view) {
  return view.x.index < view.y.index ? corners : corners.map(([a, b]) => [b, a]).reverse();
}

function drawAxes(layer, { area, px, py, ticksX, ticksY }, view) {
  const better = column => column.maximize === null ? "" : column.maximize ? "larger is better" : "smaller is better";
  const title = (column, arrow, attributes) => s("text", { class: "axis-title", ...attributes },
    column.label, s("tspan", { class: "better", dx: 8 }, `${arrow} ${better(column)}`));
  const arrowX = view.x.maximize === null ? "" : view.x.maximize ? "\u2192" : "\u2190", arrowY = view.y.maximize ? "\u2191" : "\u2193";
  layer.replaceChildren(
    ...ticksX.map(tick => s("text", { class: "tick", x: px(tick.value), y: area.bottom + 18, "text-anchor": "middle" }, tick.text)),
    ...ticksY.map(tick => s("text", { class: "tick", x: area.left - 8, y: py(tick.value) + 4, "text-anchor": "end" }, tick.text)),
    s("line", { class: "axis", x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom }),
    s("line", { class: "axis", x1: area.left, x2: area.left, y1: area.top, y2: area.bottom }),
    title(view.x, arrowX, { x: area.right, y: area.bottom + 42, "text-anchor": "end" }),
    title(view.y, arrowY, { x: 8, y: 16, "text-anchor": "start" }));
}

function drawLegend(legend, study, view) {
  const has = state => study.points.some(point => point.state === state);
  const item = (kind, text) => h("li", {}, s("svg", { viewBox: "0 0 16 16", class: "key key-" + kind, "aria-hidden": "true" }, legendShape(kind)), text);
  const items = [item("frontier", frontierName(study))];
  if (study.knee) items.push(item("knee", "knee"));
  if (study.points.some(point => point.state === "completed" && !point.frontier)) items.push(item("dominated", "dominated"));
  if (has("infeasible")) items.push(item("infeasible", "infeasible"));
  if (study.points.some(point => point.bounds && !point.measured)) items.push(item("timed-out", "timed out (at least this bad)"));
  if (study.hasSamples) items.push(item("whisker", study.data.spreadName));
  if (study.data.attainment.length > 0 && isPlane(view, 0, 1)) {
    const levels = study.data.attainment.map(curve => Math.round(100 * curve.level) + "%");
    items.push(item("band", `attained by ${levels.join(", ")} of the runs`));
  }
  legend.replaceChildren(...items);
}

function frontierName(study) {
  const remarks = [];
  if (study.data.objectives.length > 2) remarks.push(`of all ${study.data.objectives.length} objectives`);
  if (study.hasProbabilities) remarks.push("paler: less sure");
  return remarks.length > 0 ? `frontier (${remarks.join("; ")})` : "frontier";
}

function legendShape(kind) {
  if (kind === "knee") return s("path", { d: "M8 2L14 8L8 14L2 8Z" });
  if (kind === "timed-out") return s("path", { d: "M13 3L4 8L8 13Z" });
  if (kind === "whisker") return s("path", { d: "M2 8H14M2 5V11M14 5V11" });
  if (kind === "band") return s("rect", { x: 1, y: 4, width: 14, height: 8 });
  return s("circle", { cx: 8, cy: 8, r: 4.5 });
}
