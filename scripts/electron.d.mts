export interface Runtime {
  /** The folder that holds the executable and its resources: electron-builder's `electronDist`. */
  folder: string;
  executable: string;
  version: string;
  /** One line: which runtime and why. */
  note: string;
}
export type RuntimeAnswer = ({ kind: 'found' } & Runtime) | { kind: 'none'; reason: string };
export const executableIn: (folder: string, platform?: NodeJS.Platform) => string;
export const findElectron: (options?: {
  say?: (line: string) => void;
  env?: Record<string, string | undefined>;
}) => Promise<RuntimeAnswer>;
