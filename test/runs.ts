/**
 * How often a property is tried: `few` times, or as many times more as APPRENTICE_TEST_RUNS says
 * (`npm run test:slow` does).
 */
export const runs = (few: number): number => few * Number(process.env["APPRENTICE_TEST_RUNS"] ?? 1);
