import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { JobEvent } from "../../../core/job.ts";
import { useLanguage } from "../language.tsx";
import { curveData, isShare, type CurveData } from "./curve-data.ts";
import { legendValue } from "./legend-value.ts";

/** Told apart also by those who see no red or green (Okabe and Ito, 2008). */
const colours = ["#0072b2", "#e67800", "#009e73", "#cc79a7", "#568cc8", "#be9600"];
const height = 260;

/** The losses of a training over its passes, and its accuracies on the right, as they come. */
export function LossChart({ events }: { readonly events: readonly JobEvent[] }) {
  const { t } = useLanguage();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const frame = useRef<HTMLElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data = useMemo(() => curveData(events), [events]);
  const kind = `${data.names.join()} ${data.isWide}`;
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
  }, [data]);

  // A plot is made anew when other lines appear; more points go into the one that is there.
  useEffect(() => {
    const element = frame.current;
    if (!element || latest.current.names.length === 0) return;
    const made = new uPlot(
      optionsFor(latest.current, element.clientWidth, getComputedStyle(element), t),
      aligned(latest.current),
      element,
    );
    plot.current = made;
    const resizing = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [kind, scheme, t]);
  useEffect(() => plot.current?.setData(aligned(data)), [data]);

  if (data.names.length === 0) return <p className="quiet">{t("job.no-curve")}</p>;
  return <figure ref={frame} className="loss-chart" aria-label={inWords(data, t)} />;
}

type Translate = ReturnType<typeof useLanguage>["t"];

const known = { loss: "curve.loss", validation_loss: "curve.validation-loss" } as const;

/** What a trainer measures, in words as far as we have them; the nets are numbered. */
function metricName(name: string, t: Translate): string {
  const [, net = "", plain = name] = /^(?:net(\d)_)?(.+)$/.exec(name) ?? [];
  const words =
    plain === "validation_accuracy"
      ? t("curve.validation-accuracy")
      : plain in known
        ? t(known[plain as keyof typeof known])
        : plain;
  return net === "" ? words : t("curve.net", { number: net, name: words });
}

function written(name: string, value: number | null): string {
  if (value === null) return "–";
  return isShare(name) ? `${(value * 100).toFixed(1)} %` : value.toPrecision(3);
}

const aligned = ({ steps, columns }: CurveData): uPlot.AlignedData =>
  [steps, ...columns] as unknown as uPlot.AlignedData;

function optionsFor(
  { names, isWide }: CurveData,
  width: number,
  style: CSSStyleDeclaration,
  t: Translate,
): uPlot.Options {
  const ink = style.getPropertyValue("--ink-soft").trim();
  const line = style.getPropertyValue("--line").trim();
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const hasShares = names.some(isShare);
  return {
    width,
    height,
    scales: {
      x: { time: false },
      loss: { distr: isWide ? 3 : 1 },
      share: { range: [0, 1] },
    },
    series: [
      {
        label: t("curve.pass"),
        value: (plot: uPlot, _value: number | null, series: number, index: number | null) =>
          legendValue(plot.data[series]!, index) ?? "–",
      },
      ...names.map((name, place) => ({
        label: metricName(name, t),
        scale: isShare(name) ? "share" : "loss",
        stroke: colours[place % colours.length]!,
        width: 2,
        spanGaps: true,
        points: { show: true, size: 5 },
        value: (plot: uPlot, _value: number | null, series: number, index: number | null) =>
          written(name, legendValue(plot.data[series]!, index)),
      })),
    ],
    axes: [
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, scale: "loss", size: 56 },
      ...(hasShares
        ? [
            {
              ...axis,
              scale: "share",
              side: 1 as const,
              size: 60,
              grid: { show: false },
              values: (_plot: uPlot, ticks: number[]) =>
                ticks.map((tick) => `${Math.round(tick * 100)} %`),
            },
          ]
        : []),
    ],
    legend: { live: true },
  };
}

/** What the curve says, for who cannot see it. */
function inWords({ names, columns }: CurveData, t: Translate): string {
  const ends = names.map((name, place) => {
    const values = columns[place]!.filter((value) => value !== null);
    return `${metricName(name, t)}: ${values[0]?.toPrecision(3)} → ${values.at(-1)?.toPrecision(3)}`;
  });
  return `${t("job.curve")}. ${ends.join("; ")}`;
}
