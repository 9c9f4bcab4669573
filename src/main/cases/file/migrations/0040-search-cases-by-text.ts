import type { Migration } from './migration.ts';

/**
 * Full-text search over folded text (`search-text.ts`); its rowid is the case's number. Trigrams find any part of a
 * word, in scripts without word spaces too; terms of one or two characters fall back to LIKE on the same table.
 */
export const searchCasesByText: Migration = {
  version: 40,
  name: 'search cases by text',
  up: (db) => db.exec(`CREATE VIRTUAL TABLE case_search USING fts5 (text, tokenize = 'trigram case_sensitive 1');`),
};
