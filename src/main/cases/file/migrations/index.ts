import { keepCasesWithTheirInputs } from './0010-keep-cases-with-their-inputs.ts';
import { keepEveryPrediction } from './0020-keep-every-prediction.ts';
import { chainTheAuditLog } from './0030-chain-the-audit-log.ts';
import { searchCasesByText } from './0040-search-cases-by-text.ts';
import { markOutdatedPredictions } from './0050-mark-outdated-predictions.ts';
import { keepSecretsOfTheSite } from './0060-keep-secrets-of-the-site.ts';
import { letBodiesCarryTheirVersion } from './0070-let-bodies-carry-their-version.ts';
import { listCasesFromOneTable } from './0075-list-cases-from-one-table.ts';
import { sealEverythingThatIsStored } from './0080-seal-everything-that-is-stored.ts';
import { bindTheLogToItsFile } from './0085-bind-the-log-to-its-file.ts';
import { readTheAuditLogByWhatItSays } from './0090-read-the-audit-log-by-what-it-says.ts';
import { letATombstoneStandForACase } from './0095-let-a-tombstone-stand-for-a-case.ts';
import { sortTheList } from './0100-sort-the-list.ts';
import { keepTheCourseOfACase } from './0105-keep-the-course-of-a-case.ts';
import { keepKeyImages } from './0110-keep-key-images.ts';
import { keepTheTumourBoard } from './0160-keep-the-tumour-board.ts';
import { keepTheChosenModelAndAComparison } from './0170-keep-the-chosen-model-and-a-comparison.ts';
import { keepUsers } from './0180-keep-users.ts';
import { keepPicturesOfACourse } from './0200-keep-pictures-of-a-course.ts';
import { findCoursesByWhatIsDue } from './0210-find-courses-by-what-is-due.ts';
import { keepSeriesThatWereMoved } from './0223-keep-series-that-were-moved.ts';
import { keepReaderStudies } from './0230-keep-reader-studies.ts';
import type { Migration } from './migration.ts';

/**
 * In order of their versions. A released migration is never edited; a change is a new one, with a higher number than all before and a
 * fixture (`test/fixtures/records`).
 */
export const migrations: readonly Migration[] = [
  keepCasesWithTheirInputs,
  keepEveryPrediction,
  chainTheAuditLog,
  searchCasesByText,
  markOutdatedPredictions,
  keepSecretsOfTheSite,
  letBodiesCarryTheirVersion,
  listCasesFromOneTable,
  sealEverythingThatIsStored,
  bindTheLogToItsFile,
  readTheAuditLogByWhatItSays,
  letATombstoneStandForACase,
  sortTheList,
  keepTheCourseOfACase,
  keepKeyImages,
  keepTheTumourBoard,
  keepTheChosenModelAndAComparison,
  keepUsers,
  keepPicturesOfACourse,
  findCoursesByWhatIsDue,
  keepSeriesThatWereMoved,
  keepReaderStudies,
];
