// What workers segment now: it will be on the worklist soon.

import { text } from "../texts/texts.ts";
import { clock, shortUid } from "./dom.ts";
import type { Coming as ComingSeries } from "./server.ts";

/** "14:32, in 3 min", "14:32, late", or that nobody has measured it. */
export function expected(one: Pick<ComingSeries, "expectedReady">, now = Date.now()): string {
  if (!one.expectedReady) return text("coming.not-measured");
  const seconds = Math.round((Date.parse(one.expectedReady) - now) / 1000);
  const when = seconds < 0 ? text("coming.late") : seconds < 90 ? text("coming.seconds", { seconds }) : text("coming.minutes", { minutes: Math.round(seconds / 60) });
  return text("coming.expected", { time: clock(one.expectedReady), when });
}

export function Coming({ all }: { readonly all: readonly ComingSeries[] }) {
  return (
    <section class="coming" id="coming" aria-labelledby="coming-count" hidden={all.length === 0}>
      <h2 id="coming-count" aria-live="polite">
        {text("coming.count", { count: all.length })}
      </h2>
      <ul class="coming-list">
        {all.map((one) => (
          <li key={one.series + one.package.name} data-series={one.series} class={one.late ? "late" : ""}>
            <span class="uid" title={one.series}>
              {shortUid(one.series)}
            </span>
            <span>{[one.modality, one.package.name + " " + one.package.version].filter(Boolean).join(" · ")}</span>
            <span class="dim">{text("coming.device", { device: one.device, time: clock(one.started) })}</span>
            <span class="expected">{expected(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
