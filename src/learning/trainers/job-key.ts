/** The mark of a job in outside systems: our id, as short as the narrowest of them takes it (40). */
export const keyOf = (jobId: string): string =>
  `ap-${jobId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .slice(-32)}`;
