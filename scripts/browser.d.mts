/** Path of an installed browser, or undefined. HAICAST_BROWSER names one. */
export const installedBrowser: (env?: Record<string, string | undefined>) => string | undefined;
export const findBrowser: (options: {
  node: string;
  root: string;
  say?: (line: string) => void;
}) => Promise<{ path: string; note: string } | { path: undefined; reason: string }>;
