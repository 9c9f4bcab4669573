import type { Database } from 'better-sqlite3';
import type { PatientCase, PatientCases } from '#shared/cases/patient-cases.ts';
import { type PatientIdentity, patientIdentitySchema } from '#shared/study/study.ts';
import { matchPatient } from './match-patient.ts';

interface Row {
  id: string;
  patient: string | null;
  uid: string | null;
  study_date: string | null;
  updated_at: string;
  trashed_at: string | null;
}

const AT_ONCE = 200;

const SQL = `SELECT c.id, CASE WHEN json_valid(s.body) THEN json_extract(s.body, '$.patient') END AS patient,
    s.study_instance_uid AS uid, s.study_date,
c.updated_at, c.trashed_at
  FROM cases c LEFT JOIN studies s ON s.case_id = c.id WHERE c.id > ? ORDER BY c.id LIMIT ${AT_ONCE}`;

const identityOf = ({ patient }: Row): PatientIdentity | undefined => {
  if (patient === null) return undefined;
  const parsed = patientIdentitySchema.safeParse(JSON.parse(patient));
  return parsed.success ? parsed.data : undefined;
};

export type Found = Pick<PatientCases, 'cases' | 'unreadable'>;

/** Looks through every case, in the trash too, a page at a step. */
export const patientSteps = function* (
  db: Database,
  asked: PatientIdentity,
): Generator<{ done: number; total: number }, Found> {
  const total = Number(db.prepare('SELECT count(*) FROM cases').pluck().get());
  const cases: PatientCase[] = [];
  let [done, unreadable, after] = [0, 0, ''];
  for (;;) {
    const rows = db.prepare(SQL).all(after) as Row[];
    for (const row of rows) {
      const patient = identityOf(row);
      if (!patient) unreadable += 1;
      const match = patient && matchPatient(asked, patient);
      if (!patient || !match) continue;
      const day = row.study_date === null ? {} : { studyDate: row.study_date };
      const { id, uid, updated_at: updatedAt, trashed_at: trashedAt } = row;
      cases.push({ id, match, patient, studyInstanceUID: uid ?? '', ...day, updatedAt, trashedAt });
    }
    done += rows.length;
    yield { done, total };
    const last = rows.at(-1);
    if (!last) return { cases, unreadable };
    after = last.id;
  }
};
