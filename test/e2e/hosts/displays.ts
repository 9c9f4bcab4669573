/** The displays that the suite opened for its windows (`HAICAST_DISPLAYS`), one for each worker of Playwright. */
export const displays: readonly string[] = (process.env.HAICAST_DISPLAYS ?? '').split(' ').filter(Boolean);

/** The environment of this worker's windows. */
export const ownDisplay = (): { DISPLAY?: string } => {
  const name = displays[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
  return name === undefined ? {} : { DISPLAY: name };
};
