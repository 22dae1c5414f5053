import { isoDate } from "../../../core/clock.ts";
import { stop, warn } from "../check-order.ts";
import type { TrainingFinding } from "../trainer.ts";

/** When a provider stops training, and when the models made there stop answering: ISO dates. */
type Sunset = {
  readonly host: string;
  readonly jobs: string;
  readonly models: readonly { readonly name: RegExp; readonly date: string }[];
};

/** What providers have announced. https://developers.openai.com/api/docs/deprecations (2026-11). */
const sunsets: readonly Sunset[] = [
  {
    host: "api.openai.com",
    jobs: "2027-01-06",
    models: [{ name: /^(?:ft:)?gpt-4(?:o|o-mini|\.1|\.1-mini)(?:-\d|:|$)/, date: "2027-01-14" }],
  },
];

/** People are warned so long before, in days; a model version needs more than that to go live. */
const warningDays = 90;
const day = 24 * 60 * 60 * 1000;

/** The day after which a host takes no new trainings, if one was announced. */
export const jobsSunset = (host: string): string | undefined =>
  sunsets.find((sunset) => sunset.host === host)?.jobs;

/** The day after which models made from `base` answer no more, if one was announced. */
export const modelSunset = (host: string, base: string): string | undefined =>
  sunsets.find((sunset) => sunset.host === host)?.models.find(({ name }) => name.test(base))?.date;

/** Whether that day is over, everywhere on earth. */
export const isPast = (date: string, at: number): boolean => isoDate(at) > date;

/** What should be known of the end of a provider's trainings and models. */
export function sunsetFindings(host: string, base: string, at: number): TrainingFinding[] {
  const findings: TrainingFinding[] = [];
  const jobs = jobsSunset(host);
  if (jobs && isPast(jobs, at)) findings.push(stop("sunset-past", { date: jobs }));
  else if (jobs && daysUntil(jobs, at) <= warningDays) {
    findings.push(warn("sunset-near", { date: jobs, days: daysUntil(jobs, at) }));
  }
  const model = modelSunset(host, base);
  if (model && isPast(model, at)) {
    findings.push(stop("model-sunset-past", { model: base, date: model }));
  } else if (model && daysUntil(model, at) <= warningDays) {
    const values = { model: base, date: model, days: daysUntil(model, at) };
    findings.push(warn("model-sunset-near", values));
  }
  return findings;
}

const daysUntil = (date: string, at: number): number =>
  Math.ceil((Date.parse(date) - Date.parse(isoDate(at))) / day);
