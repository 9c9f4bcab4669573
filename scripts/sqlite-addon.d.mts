export const definesOf: (gypi: string) => string[];
export const sqliteAddonForNapi9: (say?: (line: string) => void) => Promise<string>;
