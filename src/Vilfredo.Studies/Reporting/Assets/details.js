// What is known of one point: as a tooltip beside the pointer, and as the panel beside the scatter plot.

function pointTitle(point) {
  const role = point.knee ? "knee" : point.frontier ? "frontier" : point.state === "completed" ? "dominated" : point.state;
  return h("div", { class: "point-title" }, h("strong", {}, `Trial ${point.trial}`), h("span", { class: "role role-" + role.replace(" ", "-") }, role));
}

function pointFacts(study, point) {
  const list = h("dl", { class: "facts" });
  const fact = (name, text, kind, aside) => list.append(h("dt", { class: kind }, name), h("dd", { class: kind }, text, aside ? h("small", {}, aside) : null));
  study.data.objectives.forEach((objective, i) => {
    const bound = point.bounds?.[i];
    if (point.measured) fact(objective.name, formatWithUnit(point.values[i], objective.format), "objective", spread(point, i, objective.format));
    else if (typeof bound === "number") fact(objective.name, `at ${objective.maximize ? "most" : "least"} ${formatWithUnit(bound, objective.format)}`, "objective");
  });
  if (point.probability !== undefined) fact("P(non-dominated)", formatProbability(point.probability), "objective");
  study.data.knobs.forEach((knob, i) => {
    if (point.knobs[i] !== null) fact(knob.name, shortKnobText(knob, point.knobs[i]), "knob");
  });
  if (point.reason) fact("reason", point.reason, "knob");
  return list;
}

function spread(point, i, format) {
  if (!(point.samples?.length > 1)) return null;
  const values = point.samples.map(sample => sample[i]);
  const low = formatValue(Math.min(...values), format), high = formatValue(Math.max(...values), format);
  return low === high ? null : `${low} \u2013 ${high}`;
}

const tooltip = {
  element: () => document.getElementById("tooltip"),
  show(study, point, x, y) {
    const box = this.element();
    box.replaceChildren(pointTitle(point), pointFacts(study, point));
    box.hidden = false;
    // Beside the pointer, on the side where there is room.
    const { width, height } = box.getBoundingClientRect();
    const left = x + 16 + width > innerWidth ? x - 16 - width : x + 16;
    box.style.left = clamp(left, 8, Math.max(8, innerWidth - width - 8)) + "px";
    box.style.top = clamp(y - height / 2, 8, Math.max(8, innerHeight - height - 8)) + "px";
  },
  hide() { this.element().hidden = true; },
};

function detailsPanel(study) {
  const panel = h("aside", { class: "details", "aria-label": "Details of a point" });
  const draw = () => {
    const point = study.pinned ?? study.knee;
    if (!point) {
      panel.replaceChildren(h("p", { class: "hint" }, "Click a point to keep its details here."));
      return;
    }
    const buttons = h("div", { class: "buttons" },
      point.command ? copyButton("Copy command", point.command) : null,
      study.pinned ? h("button", { type: "button", onclick: () => study.pin(point) }, "Unpin") : null);
    panel.replaceChildren(
      h("p", { class: "eyebrow" }, study.pinned ? "Pinned" : "Suggested: the knee"),
      pointTitle(point),
      pointFacts(study, point),
      ...(point.command ? [h("pre", { class: "command" }, point.command)] : []),
      buttons,
      ...(study.pinned ? [] : [h("p", { class: "hint" }, "Where giving up a little of one objective stops buying much of another. Click any point to compare.")]));
  };
  study.on("point", draw);
  draw();
  return panel;
}

function copyButton(label, text) {
  const button = h("button", { type: "button", onclick: async event => {
    event.stopPropagation();
    await copyText(text);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1200);
  } }, label);
  return button;
}
