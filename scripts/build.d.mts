export const ensureBuilt: (options?: { say?: (line: string) => void }) => boolean;
