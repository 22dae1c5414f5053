import type { ArtefactFile, ServedModel } from "../../core/model-version.ts";

/** An adapter on disk. */
export type ServedAdapter = {
  /** Its absolute folder. */
  readonly folder: string;
  readonly files: readonly ArtefactFile[];
};

/** A server of models that can be told to answer with one more adapter. */
export type Serving = {
  readonly host: string;
  /** Whether it is there. Throws `serving-unreachable`. */
  check(): Promise<void>;
  /**
   * Makes an adapter answer under a name; one that does already is left alone. To be called again
   * after the server was restarted. Throws `serving-failed`.
   */
  serve(adapter: ServedAdapter, name: string): Promise<ServedModel>;
  /** Takes it away again; one that is gone is no error. Throws `serving-failed`. */
  withdraw(name: string): Promise<void>;
};
