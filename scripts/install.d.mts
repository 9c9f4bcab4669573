interface Lock {
  packages?: Record<
    string,
    { version?: string; optional?: boolean; devOptional?: boolean; link?: boolean; name?: string }
  >;
}
export const root: string;
export const missingPackages: (lock: Lock | undefined, installed: Lock | undefined) => string[];
export const ensureInstalled: (options?: { say?: (line: string) => void }) => void;
export const projectNode: () => string;
