export const run: (
  command: string,
  commandArgs: string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
) => Promise<number>;
