// What became of the trials, and why some have no result.

const stateOrder = ["completed", "infeasible", "pruned", "timed out", "failed", "cancelled", "late"];
const trialsListed = 12;

function statesSection(study) {
  const counts = new Map(stateOrder.map(state => [state, 0]));
  for (const point of study.points) counts.set(point.state, counts.get(point.state) + 1);
  const present = [...counts].filter(([, number]) => number > 0);
  const total = Math.max(1, study.points.length);

  const bar = h("div", { class: "state-bar", role: "img", "aria-label": present.map(([state, number]) => `${number} ${state}`).join(", ") });
  for (const [state, number] of present) {
    const part = h("span", { class: "state-" + state.replace(" ", "-"), title: `${number} ${state}` });
    part.style.flexGrow = number / total;
    bar.append(part);
  }
  const list = h("ul", { class: "state-list" }, ...present.map(([state, number]) =>
    h("li", {}, h("span", { class: "swatch state-" + state.replace(" ", "-"), "aria-hidden": "true" }), `${number.toLocaleString("en-US")} ${state}`)));

  const groups = groupByReason(study.points.filter(point => point.state !== "completed"));
  return section("states", "What became of the trials", null, bar, list, ...groups.map(reasonGroup));
}

/** Trials with the same state and reason, the most frequent first. */
function groupByReason(points) {
  const groups = new Map();
  for (const point of points) {
    const key = JSON.stringify([point.state, point.reason ?? ""]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(point);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function reasonGroup(points) {
  const [{ state, reason }] = points;
  const listed = points.slice(0, trialsListed).map(point => point.trial).join(", ") + (points.length > trialsListed ? ", \u2026" : "");
  const output = points.find(point => point.output);
  return h("details", { class: "reason" },
    h("summary", {}, h("strong", {}, `${points.length}\u00a0\u00d7 ${state}`), reason ? ": " + reason : ""),
    h("p", {}, `${points.length === 1 ? "Trial" : "Trials"} ${listed}`),
    output ? h("p", { class: "hint" }, `Last output of trial ${output.trial}`) : null,
    output ? h("pre", {}, output.output) : null);
}
