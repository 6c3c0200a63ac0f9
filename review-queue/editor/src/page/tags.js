// What a package says beside its labels, as chips: findings of the whole image, protocol, odd shapes. Words, not colours alone.

import { h } from "./dom.ts";

const WARNINGS = {
  VOLUME_LOW: "smaller than expected",
  VOLUME_HIGH: "larger than expected",
  TOO_MANY_COMPONENTS: "in more pieces than expected",
  TOUCHES_EDGE: "reaches the edge of the image",
};

export const percent = (share) => Math.round(100 * share) + " %";

/** Findings that are present, each with its score; `all` also has those that are not. */
export function findingChips(task, { all = false } = {}) {
  return (task.findings ?? [])
    .filter((finding) => all || finding.present)
    .sort((a, b) => b.score - a.score)
    .map((finding) =>
      h(
        "span",
        { class: "chip finding" + (finding.present ? "" : " absent-finding"), "data-code": finding.code, title: finding.scheme + " " + finding.code + ", score " + finding.score.toFixed(2) },
        finding.meaning + (finding.present ? " " : ": not found "),
        h("span", { class: "chip-score" }, percent(finding.score)),
      ),
    );
}

export function protocolChip(task) {
  return task.route?.protocol ? h("span", { class: "chip protocol", title: ruleOf(task.route) }, "Protocol: " + task.route.protocol) : null;
}

function ruleOf(route) {
  return route.rule ? "Asked for by the routing rule '" + route.rule + "'" : "Asked for by the routing";
}

/** Both kinds in one line, or null if there are none. */
export function tagLine(task, options) {
  const chips = [protocolChip(task), ...findingChips(task, options)].filter(Boolean);
  return chips.length ? h("span", { class: "tags" }, chips) : null;
}

export function warningChips(score) {
  return (score?.warnings ?? []).map((warning) => h("span", { class: "chip warning", "data-warning": warning }, h("span", { "aria-hidden": "true" }, "⚠ "), WARNINGS[warning] ?? warning));
}

/** How likely a segment is fine, and how far the passes of the network agree, as far as that is known. */
export function qualityFacts(score) {
  const facts = [];
  if (typeof score?.quality === "number") {
    facts.push(h("span", { class: "quality", title: "Calibrated on cases that the package did not learn from: how often such a segment needed no more than a minor correction" }, percent(score.quality) + " likely fine"));
  }
  if (typeof score?.agreement === "number") {
    facts.push(h("span", { class: "agreement", title: "Mean share of the network's passes that chose what was chosen, over this segment and its rim" }, "passes agree " + percent(score.agreement)));
  }
  return facts;
}
