/** Where the table is kept. */
export const TABLE: string;
export const tableText: () => string;
