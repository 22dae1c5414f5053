/**
 * How a provider wants to be told the hyperparameters: under `method`, as OpenAI does today, or at the
 * top, as it did before and others (Nebius) still do; that way has no preference training.
 */
export const requestShapes = ["method", "hyperparameters"] as const;
export type RequestShape = (typeof requestShapes)[number];
