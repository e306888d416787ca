// How the hypervolume grew: when did more trials stop paying off?

function historySection(study) {
  const history = study.data.hypervolume;
  if (history.length < 2) return null;
  const layer = s("svg", { class: "axes", role: "img", "aria-label": historySummary(history) });
  const frame = h("div", { class: "plot", id: "history-plot" }, layer);
  const readout = h("p", { class: "hint", id: "history-readout" }, historySummary(history));

  const draw = () => {
    const width = frame.clientWidth, height = 240;
    sizePlot(frame, width, height);
    const area = { left: 62, right: width - 16, top: 14, bottom: height - 40 };
    const scaleX = makeScale(Math.min(history[0][0], history.at(-1)[0] - 1), history.at(-1)[0], false, 1);
    const scaleY = fitScale(history.map(sample => sample[1]), false, 1, 0.06);
    const px = x => area.left + scaleX.fraction(x) * (area.right - area.left), py = y => area.bottom - scaleY.fraction(y) * (area.bottom - area.top);

    let path = "";
    history.forEach(([trials, value], i) => { path += i === 0 ? `M${px(trials)} ${py(value)}` : `H${px(trials)}V${py(value)}`; });
    layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const cursor = s("circle", { class: "cursor", r: 4, visibility: "hidden" });
    layer.replaceChildren(
      ...scaleY.ticks(4).flatMap(tick => [
        s("line", { class: "grid", x1: area.left, x2: area.right, y1: py(tick.value), y2: py(tick.value) }),
        s("text", { class: "tick", x: area.left - 8, y: py(tick.value) + 4, "text-anchor": "end" }, tick.text)]),
      ...scaleX.ticks(Math.max(2, width / 110)).filter(tick => Number.isInteger(tick.value)).map(tick =>
        s("text", { class: "tick", x: px(tick.value), y: area.bottom + 18, "text-anchor": "middle" }, tick.text)),
      s("line", { class: "axis", x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom }),
      s("path", { class: "history-fill", d: `${path}V${area.bottom}H${px(history[0][0])}Z` }),
      s("path", { class: "history-line", d: path }),
      s("text", { class: "axis-title", x: area.right, y: area.bottom + 36, "text-anchor": "end" }, "trials"),
      cursor);

    frame.onpointermove = event => {
      const trials = scaleX.value(clamp((event.clientX - frame.getBoundingClientRect().left - area.left) / (area.right - area.left), 0, 1));
      const sample = history.findLast(([at]) => at <= trials) ?? history[0];
      cursor.setAttribute("cx", px(sample[0]));
      cursor.setAttribute("cy", py(sample[1]));
      cursor.setAttribute("visibility", "visible");
      readout.textContent = `After ${count(sample[0], "trial", "trials")}: ${significant(sample[1], 5)}`;
    };
    frame.onpointerleave = () => {
      cursor.setAttribute("visibility", "hidden");
      readout.textContent = historySummary(history);
    };
  };
  drawWhenSized(frame, draw);

  const reference = study.data.reference
    ? "Reference point: " + study.data.objectives.map((objective, i) => `${objective.name} ${formatLoosely(study.data.reference[i], objective.format)}`).join(", ")
    : null;
  return section("history", "Hypervolume", null, readout, frame, reference ? h("p", { class: "hint" }, reference) : null);
}

function historySummary(history) {
  const last = history.at(-1)[1];
  const reached = history.find(sample => sample[1] >= 0.99 * last) ?? history.at(-1);
  return last > 0
    ? `${significant(last, 5)} after ${count(history.at(-1)[0], "trial", "trials")}; 99% of it after ${reached[0].toLocaleString("en-US")}`
    : `${significant(last, 5)} after ${count(history.at(-1)[0], "trial", "trials")}`;
}
