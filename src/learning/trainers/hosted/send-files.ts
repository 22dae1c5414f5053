import { sleep } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import type { JobNews } from "../../../core/job.ts";
import type { TrainingData, DataFile } from "../training-data.ts";
import { doOnce, patiently, type Persistence } from "./do-once.ts";
import type { HostedFiles } from "./hosted-api.ts";
import type { HostedMemory } from "./hosted-memory.ts";

/** The ids of the files that a training reads. */
export type SentFiles = { readonly train: string; readonly validation: string | null };

/** The names under which a training's files stand at the provider. */
export const fileNames = (key: string) => ({
  train: `${key}-train.jsonl`,
  validation: `${key}-validation.jsonl`,
});

/**
 * Brings the rows to the provider, each file once, and waits until they were looked at. Throws
 * `training-file-rejected` and as the provider's client does.
 */
export async function sendFiles(
  files: HostedFiles,
  memory: HostedMemory,
  data: TrainingData,
  key: string,
  how: Persistence & { readonly pollSeconds: number },
): Promise<SentFiles> {
  const names = fileNames(key);
  const send = async (file: DataFile, name: string): Promise<string> => {
    const known = memory.value.files[name];
    if (known) return known;
    const begun = name in memory.value.files;
    await memory.update({ files: { ...memory.value.files, [name]: null } });
    const id = await doOnce(
      {
        begun,
        act: () => files.send(file, name, how.signal),
        find: () => files.find(name),
      },
      how,
    );
    await memory.update({ files: { ...memory.value.files, [name]: id } });
    return id;
  };
  const train = await send(data.train, names.train);
  const validation = data.validation ? await send(data.validation, names.validation) : null;
  for (const id of [train, validation]) {
    if (id === null) continue;
    while (!(await patiently(() => files.isReady(id), how))) {
      await sleep(how.pollSeconds * 1000, how.signal);
    }
  }
  return { train, validation };
}

/** That rows could not be taken away from a provider. */
export const filesLeft = (host: string, key: string): JobNews => ({
  kind: "note",
  code: "files-left",
  values: { host, files: `${key}-*` },
  warns: true,
});

/**
 * Takes the rows away from the provider; tells whether all are gone. What cannot be reached now is
 * left there, named by the job's key.
 */
export async function removeFiles(files: HostedFiles, memory: HostedMemory): Promise<boolean> {
  const left: typeof memory.value.files = {};
  for (const [name, known] of Object.entries(memory.value.files)) {
    try {
      const id = known ?? (await files.find(name));
      if (id !== undefined) await files.remove(id);
    } catch (error) {
      if (!(error instanceof ApprenticeError)) throw error;
      left[name] = known;
    }
  }
  await memory.update({ files: left });
  return Object.keys(left).length === 0;
}
