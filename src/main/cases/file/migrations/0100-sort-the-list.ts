import type { Migration } from './migration.ts';

/**
 * One index for each column that the list can be sorted by: a page of any order is read along it, forth or back, from
 * wherever the page before ended. Names and ids are compared without regard to the case of their letters.
 */
export const sortTheList: Migration = {
  version: 100,
  name: 'sort the list',
  up: (db) =>
    db.exec(`
    CREATE INDEX case_list_by_patient ON case_list (trashed, patient_name COLLATE NOCASE, position);
    CREATE INDEX case_list_by_patient_id ON case_list (trashed, patient_id COLLATE NOCASE, position);
    CREATE INDEX case_list_by_study_date ON case_list (trashed, study_date, position);
    CREATE INDEX case_list_by_probability ON case_list (trashed, probability, position);
    CREATE INDEX case_list_by_model ON case_list (trashed, model_id COLLATE NOCASE, position);
  `),
};
