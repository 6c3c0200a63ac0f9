// A chart: its plot, and beside it the table of the same figures, each of which leads to its cases.

import { text } from "../../texts/texts.ts";
import { type Chart, type Curve, at, spans } from "./figures.ts";
import { Plot, STYLES } from "./plot.tsx";
import { type Query, behind, hashOf } from "./query.ts";
import { curveWord, dayWord, titleOf, valueWord } from "./words.ts";

interface ChartProps {
  readonly chart: Chart;
  readonly query: Query;
}

/** As the curve is drawn; shown in the head of its column. */
function Line({ index }: { readonly index: number }) {
  const style = STYLES[index % STYLES.length]!;
  return (
    <svg class="curve-line" width="34" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="34" y2="4" stroke={style.colour} stroke-width="2" stroke-dasharray={style.dash.join(" ")} />
    </svg>
  );
}

function Cell({ chart, query, curve, start }: ChartProps & { readonly curve: Curve; readonly start: string }) {
  const point = at(curve, start);
  if (!point) return <td>–</td>;
  const value = valueWord(point.value, chart.unit);
  const spoken = text("quality.point", { name: curveWord(curve, query.by), start: dayWord(start), value, cases: point.cases });
  return (
    <td>
      <a href={hashOf(behind(query, start, curve.name))} aria-label={spoken} title={spoken}>
        {value}
      </a>
    </td>
  );
}

export function ChartView({ chart, query }: ChartProps) {
  const title = titleOf(chart, query.by);
  const drawn = chart.curves.slice(0, STYLES.length);
  const starts = spans(chart);
  return (
    <section class="chart" data-chart={chart.kind} aria-label={title}>
      <h2>{title}</h2>
      <div class="chart-both">
        <div>
          <Plot chart={chart} curves={drawn} from={query.from} to={query.to} label={text("quality.plot", { title })} open={(curve, start) => (location.hash = hashOf(behind(query, start, curve.name)))} />
          {chart.curves.length > drawn.length && <p class="dim">{text("quality.more-names", { shown: drawn.length, all: chart.curves.length })}</p>}
        </div>
        <div class="table-box" tabIndex={0} role="region" aria-label={text("quality.table", { title })}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{text("quality.span")}</th>
                {chart.curves.map((curve, index) => (
                  <th scope="col" key={curve.verdict ?? curve.name}>
                    {index < drawn.length && <Line index={index} />}
                    {curveWord(curve, query.by)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {starts.map((start) => (
                <tr key={start}>
                  <th scope="row">{dayWord(start)}</th>
                  {chart.curves.map((curve) => (
                    <Cell key={curve.verdict ?? curve.name} chart={chart} query={query} curve={curve} start={start} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}
