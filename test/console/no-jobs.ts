import { ApprenticeError } from "../../src/core/errors.ts";
import type { Jobs } from "../../src/learning/jobs/jobs.ts";

const missing = () => {
  throw new ApprenticeError("job-missing", { reference: "any" });
};

export const noDataset = async (): Promise<never> => {
  throw new ApprenticeError("dataset-missing", { name: "any", nearest: "" });
};

/** Where no long work was ever started. */
export const noJobs: Jobs = {
  start: missing,
  find: async () => missing(),
  list: async () => [],
  events: missing,
  follow: missing,
  canPause: () => false,
  cancel: async () => missing(),
  pause: async () => missing(),
  resume: async () => missing(),
  retry: async () => missing(),
  work() {},
  close: async () => {},
};
