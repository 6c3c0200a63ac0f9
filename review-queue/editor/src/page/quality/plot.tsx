// One plot: curves on a canvas. A point that is clicked opens its cases; the table beside it has the same links for the keyboard.

import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { language } from "../../texts/texts.ts";
import { type Chart, type Curve, aligned, spans } from "./figures.ts";

interface PlotProps {
  readonly chart: Chart;
  readonly curves: readonly Curve[];
  readonly label: string;
  /** The days that the axis goes from and to. */
  readonly from: string;
  readonly to: string;
  readonly open: (curve: Curve, start: string) => void;
}

const HEIGHT = 240;
/** Told apart without colour as well: each curve has a dash of its own, as its line in the table's head has, and its points. */
export const STYLES = [
  { colour: "#7fd1b9", dash: [] },
  { colour: "#e69f00", dash: [8, 4] },
  { colour: "#56b4e9", dash: [2, 3] },
  { colour: "#ff9d80", dash: [10, 3, 2, 3] },
  { colour: "#f0e442", dash: [4, 2] },
  { colour: "#cc79a7", dash: [14, 4] },
  { colour: "#c9b8ff", dash: [1, 4] },
  { colour: "#e7e9ec", dash: [6, 2, 2, 2, 2, 2] },
] as const;

const HOLLOW = "#1f2226";
const AXIS = { stroke: "#a8b0b9", grid: { stroke: "#2f343a", width: 1 }, ticks: { stroke: "#383d44", width: 1 } } as const;

const DAY = 86_400;
const seconds = (day: string): number => Date.parse(day + "T00:00:00Z") / 1000;

function options({ chart, curves, from, to }: PlotProps, width: number): uPlot.Options {
  const day = new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", timeZone: "UTC" });
  const bounded = chart.unit === "ratio" || chart.unit === "percent";
  const most = chart.unit === "percent" ? 100 : 1;
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { focus: { prox: 24 }, drag: { x: false, y: false } },
    focus: { alpha: 0.35 },
    tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "Etc/UTC"),
    scales: {
      // The first span may begin before the first day.
      x: { range: () => [Math.min(seconds(from), ...spans(chart).slice(0, 1).map(seconds)), seconds(to) + DAY] },
      y: { range: (_plot, least, highest) => (bounded ? [Math.min(least, most * 0.5), most] : [0, Math.max(1, highest * 1.05)]) },
    },
    axes: [{ ...AXIS, values: (_plot, times) => times.map((time) => day.format(time * 1000)) }, { ...AXIS, size: 52 }],
    series: [
      {},
      ...curves.map((_curve, index) => {
        const style = STYLES[index % STYLES.length]!;
        const points = { show: true, size: 7 + 2 * (index % 3), fill: index % 2 ? HOLLOW : style.colour };
        return { stroke: style.colour, dash: [...style.dash], width: 2, spanGaps: true, points };
      }),
    ],
  };
}

/** The curve that the pointer is at, if it is near one. */
function focused(plot: uPlot): number {
  return plot.series.findIndex((series, index) => index > 0 && (series as uPlot.Series & { _focus?: boolean })._focus === true) - 1;
}

export function Plot(props: PlotProps) {
  const { chart, curves, label, open } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = box.current!;
    const plot = new uPlot(options(props, host.clientWidth || 480), aligned(chart, curves) as uPlot.AlignedData, host);
    const sized = new ResizeObserver(() => host.clientWidth && plot.setSize({ width: host.clientWidth, height: HEIGHT }));
    sized.observe(host);
    const clicked = () => {
      const start = spans(chart)[plot.cursor.idx ?? -1];
      const curve = curves[curves.length === 1 ? 0 : focused(plot)];
      if (start !== undefined && curve) open(curve, start);
    };
    plot.over.addEventListener("click", clicked);
    return () => {
      sized.disconnect();
      plot.destroy();
    };
  }, [chart, props.from, props.to]);
  return <div class="plot" role="img" aria-label={label} ref={box} />;
}
