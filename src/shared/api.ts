/**
 * The contract between the application and whoever shows it: every procedure with the schema of its input and output,
 * and every event. Hosts carry these messages and validate both ways; nothing else knows that IPC or HTTP exists.
 */
import { z } from 'zod';
import { decisionEntrySchema, decisionVersionSchema } from './board/decision.ts';
import { listingSchema, meetingSchema } from './board/meeting.ts';
import { boardActionSchema, boardSchema, boardSummarySchema, slideSchema } from './board/slide.ts';
import { auditFilterSchema, auditNamesSchema, auditPageSchema, auditQuerySchema } from './cases/audit.ts';
import { backupSchema, backupStatusSchema, restorePreviewSchema } from './cases/backup.ts';
import {
  caseDraftSchema,
  casePageSchema,
  caseQuerySchema,
  recordsVerdictSchema,
  savedCaseSchema,
  storedCaseSchema,
} from './cases/case.ts';
import { importResultSchema } from './cases/import.ts';
import { pictureIdSchema, pictureSchema } from './cases/key-image.ts';
import { patientCasesSchema } from './cases/patient-cases.ts';
import { factorValuesSchema } from './clinical/factor-values.ts';
import { criteria } from './clinical/response/timeline.ts';
import { patientTableSchema } from './cohort/patient-table.ts';
import { courseCandidateSchema, personItemsSchema } from './course/candidate.ts';
import { courseEntrySchema, courseKindSchema, courseSchema, courseWriteSchema } from './course/course.ts';
import { regimenSchema } from './course/treatment.ts';
import { waterfallSchema } from './course/waterfall.ts';
import { errorShapeSchema } from './errors.ts';
import { evidenceRowSchema } from './evidence/evidence-row.ts';
import { neighbourhoodSchema } from './evidence/neighbours/neighbours.ts';
import { keptRecalibrationSchema } from './evidence/recalibration/kept.ts';
import { identityStatusSchema, passwordSchema, roleSchema, userNameSchema, userSchema } from './identities/identity.ts';
import { modelManifestSchema, responseCriterionSchema } from './model/manifest.ts';
import { predictionRequestSchema, predictionSchema } from './model/prediction.ts';
import { providerMeasurementSchema, providerNames, providerSettingSchema } from './model/providers.ts';
import { whatIfRequestSchema, whatIfSchema } from './model/what-if.ts';
import { newPacsNodeSchema, shownPacsNodeSchema } from './pacs/node.ts';
import {
  fetchedStudySchema,
  foundStudiesSchema,
  mostSeries,
  pacsQuerySchema,
  plannedSeriesSchema,
  uidSchema,
} from './pacs/query.ts';
import { readingKinds, readingSchema } from './readers/reader-study.ts';
import {
  beginStudySchema,
  candidateSchema,
  readerSchema,
  readingCaseSchema,
  studySummarySchema,
  worklistSchema,
} from './readers/reading-case.ts';
import { studyResultsSchema } from './readers/study-results.ts';
import {
  exportedCaseSchema,
  exportKindSchema,
  exportKinds,
  sentCaseSchema,
  sentKindSchema,
  sentKinds,
} from './report/export-kinds.ts';
import { placeSchema } from './report/fit-sheet.ts';
import { contentHashSchema, reportContentSchema } from './report/report-content.ts';
import { bundleFileSchema, selfCheckSchema } from './self-check.ts';
import {
  deidentificationPreviewSchema,
  deidentifyOptionsSchema,
  exportResultSchema,
  linkingSchema,
} from './study/deidentify.ts';
import { lesionSchema } from './study/lesion.ts';
import { openedStudiesSchema, patientIdentitySchema } from './study/study.ts';
import { thumbnailSchema } from './study/thumbnail.ts';
import { volumeInfoSchema } from './study/volume.ts';
import { languageSchema } from './words/language.ts';

const nothing = z.object({});
const jobId = z.string().min(1).max(64);
/** One case at one meeting of the tumour board. */
const listed = z.object({ meetingId: z.string().min(1).max(64), caseId: z.string().min(1).max(100) });
const readerStudyId = z.string().min(1).max(64);
/** One case of a reader study, by its place in the order of whoever asks, from 1: its id would say whose it is. */
const readingPlace = z.object({ studyId: readerStudyId, place: z.int().positive().max(1_000) });
const studies = z.object({ studies: z.array(studySummarySchema) });
/** The entry of the records that a change was made from; null where there was none. */
const base = z.int().nullable();
const done = z.object({ ok: z.literal(true) });
/** Name of an image archive. */
const pacsNode = z.string().min(1).max(64);
const pacsNodes = z.object({ nodes: z.array(shownPacsNodeSchema) });
/** What tells one window (or tab) from the others, over a reload of its page. */
const windowId = z.string().min(1).max(64);
const windowDraftSchema = z.object({
  draft: caseDraftSchema.nullable(),
  opened: openedStudiesSchema.nullable(),
  prediction: predictionSchema.nullable(),
  comparison: predictionSchema.nullable(),
});

export const installedModelSchema = z.object({
  manifest: modelManifestSchema,
  origin: z.enum(['built-in', 'installed']),
  isDefault: z.boolean(),
});
export type InstalledModel = z.infer<typeof installedModelSchema>;

export const rejectedModelSchema = z.object({ folder: z.string(), reason: z.string() });

export const modelListSchema = z.object({
  models: z.array(installedModelSchema),
  rejected: z.array(rejectedModelSchema),
});

/** What a model is computed by on this computer, and how all that were tried did. */
export const providerReportSchema = providerMeasurementSchema.extend({
  modelId: z.string(),
  /** What is used. */
  provider: z.enum(providerNames),
  /** What the settings ask for: it is used where it reproduces the reference. */
  setting: providerSettingSchema,
  /** Of the reference test, log-odds. */
  tolerance: z.number(),
});
export type ProviderReport = z.infer<typeof providerReportSchema>;

export const settingsSchema = z.object({
  language: languageSchema,
  theme: z.enum(['dark', 'light']),
  /** Name recorded with confirmations and changes. */
  userName: z.string().max(100),
  hideIdentity: z.boolean(),
  /** Id of the model that predicts unless another is chosen; empty for the one that comes with the application. */
  defaultModelId: z.string().max(200),
  /** What models are computed by. */
  provider: providerSettingSchema,
  /** What cycles are given by; the hospital's own list. */
  regimens: z.array(regimenSchema).max(50),
  /** Minutes without a touch after which the records are locked; 0: never. */
  lockAfterMinutes: z.int().min(0).max(1_440),
  /** Days after which a case in the trash is erased; 0: never. */
  emptyTrashAfterDays: z.int().min(0).max(3_650),
  /** How long what was fetched from an image archive stays: until its study is closed, or as long as haicast runs. */
  fetchedStudies: z.enum(['closed', 'end']),
  /** Megabytes that decoded images may take, half of it in the page and half in the application behind it. */
  imageMemoryMb: z.int().min(8).max(1_048_576),
  /** Size of the text, percent of what the window gives. */
  textSize: z.int().min(90).max(150),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The record store: locked until its key is at hand. */
export const recordsStatusSchema = z.object({
  state: z.enum(['new', 'locked', 'open', 'unavailable']),
  /** Where the key is kept; `none` while the store is new. */
  keeper: z.enum(['keychain', 'passphrase', 'none']),
  /** What to tell the user when it is not open, or when it was opened in an unusual way. */
  message: z.string().optional(),
  /** Code of the message, for translation. */
  code: z.string().optional(),
  /** While `new` or `locked`: a passphrase is what creates or opens it; false where the keychain does. */
  passphraseNeeded: z.boolean().optional(),
  /** A passphrase opens it, beside whatever else does. */
  hasPassphrase: z.boolean().optional(),
  /** A person, or the time without one, locked it: nothing of a patient is shown until it is unlocked. */
  lockedByHand: z.boolean().optional(),
  cases: z.int().nonnegative().optional(),
  /** What was erased from the trash by itself, last, while this history was open. */
  trashEmptied: z.object({ cases: z.int().positive(), at: z.string() }).optional(),
});
export type RecordsStatus = z.infer<typeof recordsStatusSchema>;

export const tagSchema = z.object({
  tag: z.string(),
  keyword: z.string(),
  vr: z.string(),
  value: z.string(),
  depth: z.int(),
});

export const procedures = {
  'app.info': {
    input: nothing,
    output: z.object({
      name: z.string(),
      version: z.string(),
      host: z.enum(['electron', 'loopback', 'cli']),
      platform: z.string(),
      versions: z.record(z.string(), z.string()),
      hasDemo: z.boolean(),
      /** Where what went wrong is written, without identifiers. */
      logFile: z.string(),
    }),
  },
  /** Something that the page did not foresee failed: for the log, which takes the kind and the places and no sentence. */
  'app.pageFailed': {
    input: z.object({ code: z.string().max(60), kind: z.string().max(40), at: z.array(z.string().max(300)).max(20) }),
    output: done,
  },
  'settings.get': {
    input: nothing,
    /** `problem`: why these are not the settings that were kept. */
    output: settingsSchema.extend({
      problem: errorShapeSchema.optional(),
      /** Names of those that the administrator of the workstation has set. */
      managed: z.array(z.string()),
      /** Image archives that may be searched: the administrator's, and those that were added here. */
      pacs: z.array(shownPacsNodeSchema),
    }),
  },
  'settings.set': { input: settingsSchema.partial(), output: settingsSchema },

  /** Who is at the workstation, and what they may do. */
  'identity.status': { input: nothing, output: identityStatusSchema },
  /** Fails with `sign-in-failed`, which says not why, and with `sign-in-wait` (in `seconds`) after some of these. */
  'identity.signIn': {
    input: z.object({ name: z.string().max(100), password: z.string().max(1000) }),
    output: identityStatusSchema,
  },
  /** Nobody is signed in any more; unsaved work stays for who was. */
  'identity.lock': { input: z.object({ by: z.enum(['idle', 'hand']) }), output: identityStatusSchema },
  /** Another password for an administrator, by the recovery key of the case history. */
  'identity.recover': {
    input: z.object({ recoveryKey: z.string().max(200), name: z.string().max(100), password: passwordSchema }),
    output: identityStatusSchema,
  },
  /** Nobody signs in any more, by the password of the administrator who is here. Users stay known, disabled. */
  'identity.turnOff': { input: z.object({ password: passwordSchema }), output: identityStatusSchema },
  /** Everybody signs in again, from an administrator of before on. */
  'identity.turnOn': {
    input: z.object({ name: z.string().max(100), password: passwordSchema }),
    output: identityStatusSchema,
  },
  'identity.changePassword': { input: z.object({ current: passwordSchema, password: passwordSchema }), output: done },
  'users.list': { input: nothing, output: z.object({ users: z.array(userSchema) }) },
  /** The first one is an administrator, and signed in with that; from then on everybody signs in. */
  'users.add': {
    input: z.object({ name: userNameSchema, role: roleSchema, password: passwordSchema }),
    output: userSchema,
  },
  /** Fails with `last-administrator` where nobody could manage users afterwards. */
  'users.change': {
    input: z.object({
      id: z.string().max(100),
      role: roleSchema.optional(),
      disabled: z.boolean().optional(),
      password: passwordSchema.optional(),
    }),
    output: userSchema,
  },

  'study.open': { input: z.object({ path: z.string().min(1), jobId }), output: openedStudiesSchema },
  'study.openDemo': {
    /** `followUp`: the study of a later visit of the same patient. */
    input: z.object({ jobId, followUp: z.int().min(1).max(2).optional() }),
    /** The factors and the measurement that come with the simulated patient. */
    output: z.object({ opened: openedStudiesSchema, factors: factorValuesSchema, lesions: z.array(lesionSchema) }),
  },
  'study.close': { input: z.object({ openId: z.string() }), output: done },
  'study.volume': { input: z.object({ openId: z.string(), seriesId: z.string(), jobId }), output: volumeInfoSchema },
  /** The middle slice, small, before the series itself is decoded. */
  /**
   * One slice before or instead of all of them, the middle one where none is named. `info` speaks of the whole series as far as
   * one slice tells: its window and range are this slice's. Bytes of a slice k are at `info.url`/k.
   */
  'study.slice': {
    input: z.object({ openId: z.string(), seriesId: z.string(), slice: z.int().nonnegative().optional(), jobId }),
    output: z.object({ info: volumeInfoSchema, slice: z.int().nonnegative() }),
  },
  'study.thumbnail': { input: z.object({ openId: z.string(), seriesId: z.string(), jobId }), output: thumbnailSchema },
  'study.tags': {
    input: z.object({ openId: z.string(), seriesId: z.string(), index: z.int().nonnegative() }),
    output: z.object({ file: z.string(), tags: z.array(tagSchema) }),
  },
  /** What would leave of one image in a de-identified copy. */
  'study.previewDeidentified': {
    input: z.object({
      openId: z.string(),
      seriesId: z.string(),
      /** Zero-based image of the series. */
      index: z.int().nonnegative(),
      options: deidentifyOptionsSchema,
      linking: linkingSchema,
    }),
    output: deidentificationPreviewSchema,
  },
  /** Writes the copy. Cancelled or failed, it leaves nothing behind. */
  'study.exportDeidentified': {
    input: z.object({
      openId: z.string(),
      seriesIds: z.array(z.string()).min(1),
      /** Those among them whose every picture somebody has looked at: what may show a person leaves in these alone. */
      checkedSeriesIds: z.array(z.string()),
      /** What the host's own chooser gave out: never a path, so that a page cannot name one that nobody chose. */
      destination: z.string().min(1).max(100),
      options: deidentifyOptionsSchema,
      linking: linkingSchema,
      jobId,
    }),
    output: exportResultSchema,
  },
  'job.cancel': { input: z.object({ jobId }), output: done },

  'models.list': { input: nothing, output: modelListSchema },
  'models.card': { input: z.object({ id: z.string() }), output: z.object({ markdown: z.string() }) },
  /** From a folder or a zip: checked, self-tested on this machine, then copied. All or nothing. */
  'models.install': { input: z.object({ path: z.string().min(1), jobId }), output: z.object({ id: z.string() }) },
  /** Predictions made with it stay as they are. */
  'models.remove': { input: z.object({ id: z.string() }), output: modelListSchema },
  'models.setDefault': { input: z.object({ id: z.string() }), output: modelListSchema },
  /** Looks at the folders again and checks every package anew. */
  'models.refresh': { input: nothing, output: modelListSchema },
  /** What computes the model, or the default one. Measured and made ready where that was not done on this computer yet. */
  'models.provider': { input: z.object({ id: z.string().optional() }), output: providerReportSchema },
  /** The same, measured anew. */
  'models.selfTest': { input: z.object({ id: z.string() }), output: providerReportSchema },

  'prediction.run': { input: predictionRequestSchema.extend({ jobId }), output: predictionSchema },
  /**
   * What the model would say with other clinical values: kept nowhere, and no prediction of anybody. Says no number where that
   * of the patient is withheld or covered. Fails with `prediction-unknown`.
   */
  'prediction.whatIf': { input: whatIfRequestSchema.extend({ jobId }), output: whatIfSchema },
  /** Somebody asks to see a withheld number: kept in the audit log before it is shown, so the records have to be open. */
  'prediction.showWithheld': {
    input: z.object({ predictionId: z.string(), caseId: z.string().optional() }),
    output: done,
  },

  'records.status': { input: nothing, output: recordsStatusSchema },
  /** Creates the store. The recovery key is shown once; it opens the records when the passphrase or keychain is lost. */
  'records.create': {
    input: z.object({ passphrase: z.string().max(1000).optional() }),
    output: z.object({ status: recordsStatusSchema, recoveryKey: z.string() }),
  },
  'records.unlock': {
    input: z.object({ passphrase: z.string().max(1000).optional(), recoveryKey: z.string().max(200).optional() }),
    output: recordsStatusSchema,
  },

  /** The recovery key of a history that was begun at start, with nobody to show it to; null once somebody has `kept` it. */
  'records.untoldRecoveryKey': {
    input: z.object({ kept: z.boolean() }),
    output: z.object({ recoveryKey: z.string().nullable() }),
  },
  'records.lock': { input: nothing, output: recordsStatusSchema },
  /** Makes a recovery key to be written down; `records.rekey` makes it the one that holds. `current` is needed where there is a passphrase. */
  'records.newRecoveryKey': {
    input: z.object({ current: z.string().max(1000).optional() }),
    output: z.object({ recoveryKey: z.string() }),
  },
  /**
   * Gives the history a new key, with that recovery key and, where one is given, a new passphrase. Key files, passphrase and
   * recovery key of before open nothing then; backups of before are still restored.
   */
  'records.rekey': {
    input: z.object({
      current: z.string().max(1000).optional(),
      passphrase: z.string().max(1000).optional(),
      recoveryKey: z.string().max(200),
      jobId,
    }),
    output: recordsStatusSchema,
  },
  /**
   * Writes everything of the history into the chosen folder as one zip of JSON, CSV and pictures, encrypted with the passphrase,
   * or, after a yes, as it is. `unreadable`: damaged cases, which are not in it.
   */
  'records.export': {
    input: z.object({
      destination: z.string().min(1).max(100),
      protection: z.union([z.object({ passphrase: z.string().max(1000) }), z.object({ plain: z.literal(true) })]),
      jobId,
    }),
    output: z.object({
      file: z.string(),
      bytes: z.int(),
      cases: z.int(),
      pictures: z.int(),
      unreadable: z.array(z.string()),
    }),
  },
  /**
   * Looks through an export of another installation and says of each case whether it is here; unless it is a dry run, takes over
   * those that are not (or of these, `only` some), all or none; where they are many, in steps, of which those that were made stay
   * (`import-stopped`). What is here is never changed.
   */
  'records.import': {
    input: z.object({
      path: z.string().min(1),
      passphrase: z.string().max(1000).optional(),
      dryRun: z.boolean(),
      only: z.array(z.string().max(100)).max(100_000).optional(),
      jobId,
    }),
    output: importResultSchema,
  },
  /** Is every page, entry, case and secret as it was written; or what is `new` since the last time that all was? */
  'records.verify': { input: z.object({ scope: z.enum(['new', 'whole']), jobId }), output: recordsVerdictSchema },
  /** Mends a damaged history; the damaged file stays beside it. `lost`: cases that could not be read whole. */
  'records.salvage': {
    input: nothing,
    output: z.object({ status: recordsStatusSchema, kept: z.int(), lost: z.array(z.string()) }),
  },

  /** The unsaved work of one window, kept in memory only, so that a crashed window comes back to it. */
  'draft.keep': {
    input: z.object({ window: windowId, draft: caseDraftSchema.nullable(), unsaved: z.boolean() }),
    output: done,
  },
  'draft.get': { input: z.object({ window: windowId }), output: windowDraftSchema },
  /** Work that other windows left, or are still at. */
  'draft.others': {
    input: z.object({ window: windowId }),
    output: z.object({
      others: z.array(z.object({ window: windowId, at: z.string(), caseId: z.string().optional() })),
    }),
  },
  /** The work of the window `from` becomes that of `window`. */
  'draft.take': { input: z.object({ window: windowId, from: windowId }), output: windowDraftSchema },

  /** Hands a picture over, to be named in a draft and kept with the next save; known until then in memory only. */
  'keyImages.put': { input: pictureSchema, output: z.object({ id: pictureIdSchema, bytes: z.int().positive() }) },
  /** Of this session, or of the kept case. Fails with `key-image-gone`. */
  'keyImages.read': { input: z.object({ id: pictureIdSchema, caseId: z.string().optional() }), output: pictureSchema },

  'cases.list': { input: caseQuerySchema, output: casePageSchema },
  /**
   * Fails with `study-kept` (its case in `caseId`) for a new case of a study that has one, unless it is to be `separate`;
   * with `case-changed` where the draft's `revision` is not the present one.
   */
  'cases.save': { input: caseDraftSchema.extend({ separate: z.literal(true).optional() }), output: savedCaseSchema },
  'cases.get': { input: z.object({ id: z.string() }), output: savedCaseSchema },
  /** The same for a person's eyes: the audit log keeps that it was opened. */
  'cases.open': { input: z.object({ id: z.string() }), output: savedCaseSchema },
  /** A report left on paper or as a file; without `id` it is of a case that is not kept. */
  'cases.printed': {
    input: z.object({ id: z.string().optional(), as: z.enum(['paper', 'pdf']), report: contentHashSchema.optional() }),
    output: done,
  },
  /**
   * Writes a case into the chosen folder, as objects that other systems read (docs/objects.md). What cannot be made is said, and
   * the rest is made; cancelled or failed, nothing is left.
   */
  'cases.export': {
    input: z.object({
      id: z.string(),
      as: z.array(exportKindSchema).min(1).max(exportKinds.length),
      /** Without the patient, joined to the de-identified copies of the images. */
      research: z.boolean().optional(),
      destination: z.string().min(1).max(100),
      jobId,
    }),
    output: exportedCaseSchema,
  },
  /** What the report of a kept case says, and where on its page that stands; in the language that is set, where none is asked for. */
  'report.get': {
    input: z.object({ caseId: z.string(), language: languageSchema.optional() }),
    output: z.object({ content: reportContentSchema, hash: contentHashSchema, places: z.array(placeSchema) }),
  },
  /** The report as a file; the audit log keeps that it left. Fails with `report-changed` where it is not what `hash` says any more. */
  'report.make': {
    input: z.object({
      caseId: z.string(),
      format: z.enum(['pdf', 'html']),
      appendix: z.boolean(),
      language: languageSchema.optional(),
      hash: contentHashSchema.optional(),
      jobId,
    }),
    output: z.object({ base64: z.base64(), hash: contentHashSchema }),
  },
  /** Whether the records say what a report says, and whether it was made here. */
  'report.check': {
    input: z.object({ content: reportContentSchema }),
    output: z.object({
      state: z.enum(['same', 'case-changed', 'unknown-case']),
      made: z.object({ at: z.string(), by: z.string() }).nullable(),
    }),
  },
  /** Opens the images of a kept case again; fails with `images-gone` when they are no longer where they were. */
  'cases.openImages': { input: z.object({ id: z.string(), jobId }), output: openedStudiesSchema },
  /**
   * Finds the study of a kept case in another place and remembers that. Fails, with nothing changed, where the folder
   * holds another patient (`other-patient`), another study (`other-study`) or lacks series of the case (`other-series`).
   */
  'cases.relink': {
    input: z.object({ id: z.string(), path: z.string().min(1), jobId }),
    output: openedStudiesSchema,
  },
  'cases.trash': { input: z.object({ id: z.string() }), output: storedCaseSchema },
  /** For ever; only what is in the trash. A tombstone and the audit log say that it was. */
  'cases.erase': { input: z.object({ id: z.string() }), output: done },
  /** What is kept of the patient of a case, and what an erasure leaves in backups until when. */
  'cases.ofPatient': { input: z.object({ id: z.string(), jobId }), output: patientCasesSchema },
  /**
   * Erases cases of the patient of the case `id` for ever, from the list and the trash, all or none. Fails with
   * `not-of-patient` where one is of somebody else, or one that certainly is theirs is not named. `closed`: studies of theirs
   * that were open.
   */
  'cases.erasePatient': {
    input: z.object({ id: z.string(), caseIds: z.array(z.string()).min(1).max(1000), jobId }),
    output: z.object({ cases: z.int(), closed: z.array(z.string()) }),
  },
  'cases.restore': { input: z.object({ id: z.string() }), output: storedCaseSchema },

  /** What follows the prediction of a kept case; its baseline alone where nothing does yet. */
  'course.get': { input: z.object({ caseId: z.string() }), output: courseSchema },
  /**
   * Changes parts of a course, all or none; each supersedes the entry that it names. A closed course needs an `amendment`:
   * why it is changed. Who confirmed a response or an outcome, and when, is set here and not by the caller.
   */
  'course.write': {
    input: z.object({
      caseId: z.string(),
      writes: z.array(courseWriteSchema).min(1).max(200),
      amendment: z.string().trim().min(1).max(500).optional(),
    }),
    output: courseSchema,
  },
  /**
   * Courses that a study may be a follow-up of, those that agree most first. `same` agrees in all that both say, `doubtful`
   * asks a person; another patient's is not among them.
   */
  'course.propose': {
    input: z.object({ openId: z.string(), studyInstanceUID: z.string() }),
    output: z.object({ candidates: z.array(courseCandidateSchema) }),
  },
  /**
   * Makes an opened study a follow-up of a course, or gives the images to the time point of its day that has none. Refuses
   * another patient's (`other-person`), a doubtful one's unless `samePerson` (`doubtful-person`), the same study
   * (`follow-up-same-study`), one without MR (`follow-up-no-mr`) or a day (`follow-up-undated`), and one before the baseline
   * (`follow-up-before-baseline`) or of a day that is still to come (`follow-up-in-future`).
   */
  'course.addFollowUp': {
    input: z.object({
      caseId: z.string(),
      openId: z.string(),
      studyInstanceUID: z.string(),
      /** A person has looked at what disagrees and says that it is the same patient. */
      samePerson: z.boolean(),
      /** Of a study that names no day. */
      date: z.iso.date().optional(),
      amendment: z.string().trim().min(1).max(500).optional(),
    }),
    output: z.object({ course: courseSchema, timePointId: z.string() }),
  },
  /**
   * Opens the images of a time point again, from where they were or, with `path`, from where they are now, which is
   * remembered. Fails with `images-gone`, `no-images`, `other-study`.
   */
  'course.openImages': {
    input: z.object({ caseId: z.string(), timePointId: z.string(), path: z.string().min(1).optional(), jobId }),
    output: openedStudiesSchema,
  },
  /**
   * Past patients of a table as closed courses without images. `mapping`: what each of its columns means, by the names of
   * `cohort.csv`; `criterion`: by which its responses were read, where no column says so. A dry run keeps nothing; a line
   * that is refused stops nobody else; `existing` are kept already. Cancelled, it keeps none.
   */
  'course.import': {
    input: z.object({
      table: patientTableSchema,
      mapping: z.record(z.string(), z.string()),
      criterion: responseCriterionSchema.optional(),
      /** Lines of `doubtful` that a person has compared and knows to be of the same patient. */
      samePerson: z.array(z.int()).max(100_000).optional(),
      dryRun: z.boolean(),
      jobId,
    }),
    output: z.object({
      rows: z.array(z.object({ line: z.int(), id: z.string(), date: z.string() })),
      refused: z.array(
        z.object({
          line: z.int(),
          id: z.string(),
          column: z.string(),
          reason: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
      /** Kept under the identifier is a patient who may be another: left out unless it is said to be the same. */
      doubtful: z.array(
        z.object({
          line: z.int(),
          id: z.string(),
          patient: patientIdentitySchema,
          kept: patientIdentitySchema,
          differing: personItemsSchema,
        }),
      ),
      existing: z.array(z.int()),
      kept: z.array(z.string()),
    }),
  },
  /** Moves what an import kept to the trash; answers how many cases were not there yet. */
  'course.takeBack': {
    input: z.object({ caseIds: z.array(z.string()).max(100_000) }),
    output: z.object({ cases: z.int() }),
  },
  /**
   * Closed courses as rows of `cohort.csv`, by one criterion, under pseudonyms. Those of the demonstration history only where
   * there are no others, and then `simulated`.
   */
  'course.export': {
    input: z.object({ criterion: z.enum(criteria) }),
    output: z.object({ rows: z.array(z.array(z.string())), courses: z.int(), simulated: z.boolean() }),
  },
  /** The best change of the sum of every closed course from its baseline, by one criterion; chosen as for an export. */
  'course.waterfall': { input: z.object({ criterion: z.enum(criteria), jobId }), output: waterfallSchema },
  /** The demonstration history: how many of its cases are there, and to load or remove it as a whole. */
  'course.simulated': { input: nothing, output: z.object({ cases: z.int() }) },
  'course.loadSimulated': { input: z.object({ jobId }), output: z.object({ cases: z.int() }) },
  'course.removeSimulated': { input: nothing, output: z.object({ cases: z.int() }) },
  /** Every entry of a course, or of one `part` of it, newest first: what is in force, and what it superseded. */
  'course.history': {
    input: z.object({
      caseId: z.string(),
      part: z.object({ kind: courseKindSchema, id: z.string() }).optional(),
    }),
    output: z.object({ entries: z.array(courseEntrySchema) }),
  },

  /**
   * Closed courses of this hospital for its evidence, without anything that says who they were: a thousand at most, from the
   * `from`th on. Those of made-up patients only where there are no others, and then `simulated`. From the first on they are read
   * anew where they changed; `edition` names what was read, and the rest of another one is refused with `evidence-changed`.
   */
  'evidence.rows': {
    input: z.object({ from: z.int().nonnegative(), edition: z.int().optional(), jobId }),
    output: z.object({
      rows: z.array(evidenceRowSchema),
      total: z.int(),
      edition: z.int(),
      simulated: z.boolean(),
      /** Closed courses that are damaged, or were written by a newer haicast. */
      unreadable: z.int(),
      /** Closed courses that are left out, since whoever asks still reads them in a reader study. */
      inStudy: z.int(),
    }),
  },

  /** Every recalibration of a model that was taken into use here, newest first. */
  'evidence.recalibrations': { input: nothing, output: z.object({ kept: z.array(keptRecalibrationSchema) }) },
  /**
   * Takes into use what the closed courses ask for, whatever filters a page has set; computed anew. Fails with
   * `recalibration-refused` where the data do not ask for one, or are too few.
   */
  'evidence.recalibrate': {
    input: z.object({
      model: z.object({ id: z.string(), version: z.string() }),
      criterion: z.enum(criteria),
      jobId,
    }),
    output: z.object({ kept: z.array(keptRecalibrationSchema) }),
  },
  /** Switches off what is in force of a model, for made-up patients or for real ones: its own probabilities count again. */
  'evidence.withdraw': {
    input: z.object({
      model: z.object({ id: z.string(), version: z.string() }),
      criterion: z.enum(criteria),
      simulated: z.boolean(),
    }),
    output: z.object({ kept: z.array(keptRecalibrationSchema) }),
  },

  /**
   * The closed cases of this hospital that are most like one in what its model saw, and what came of them. The prediction is of
   * this session or of the case; `caseId` or `opened` says whose it is. Fails with `prediction-unknown`.
   */
  'evidence.neighbours': {
    input: z.object({
      predictionId: z.string(),
      caseId: z.string().optional(),
      opened: z.object({ openId: z.string(), studyInstanceUID: z.string() }).optional(),
      jobId,
    }),
    output: neighbourhoodSchema,
  },

  /** Meetings of the tumour board, newest day first. */
  'board.list': { input: nothing, output: z.object({ boards: z.array(boardSummarySchema) }) },
  'board.get': { input: z.object({ id: z.string().min(1).max(64) }), output: boardSchema },
  /** A new meeting, or one changed: its day, its cases and their order. Fails with `board-changed` where another hand was faster. */
  'board.save': { input: z.object({ meeting: meetingSchema, base }), output: boardSchema },
  /** What was said and decided at it stays with its cases. */
  'board.remove': { input: z.object({ id: z.string().min(1).max(64), base }), output: done },
  /** What is asked about a case, and who presents it. */
  'board.ask': { input: listed.extend({ listing: listingSchema, base }), output: boardSchema },
  /** One case as the board sees it; while the model is covered nothing of it is in the answer. */
  'board.slide': { input: listed, output: slideSchema },
  /** Uncovers the model: after the board has voted, or before it. What was kept first stays true. */
  'board.showModel': { input: listed.extend({ when: z.enum(['before', 'after']) }), output: slideSchema },
  /**
   * Locks a decision with name and time. `revision`: of the case that was on screen. Amended, it needs to be said why. Fails
   * with `decision-refused` where it does not fit together or to what was shown.
   */
  'board.decide': {
    input: listed.extend({
      entry: decisionEntrySchema,
      revision: z.int().positive(),
      base,
      amendment: z.string().trim().min(1).max(500).optional(),
    }),
    output: z.object({ versions: z.array(decisionVersionSchema) }),
  },
  /** Every version of every decision about a case, newest first. */
  'board.decisions': {
    input: z.object({ caseId: z.string().min(1).max(100) }),
    output: z.object({ versions: z.array(decisionVersionSchema) }),
  },
  /** What decisions ask for and nobody has said is done, by the day it is due. */
  'board.actions': { input: nothing, output: z.object({ actions: z.array(boardActionSchema) }) },
  'board.setDone': {
    input: listed.extend({ done: z.boolean() }),
    output: z.object({ actions: z.array(boardActionSchema) }),
  },

  /** Reader studies, newest first: who reads, how far they are, and what whoever asks may do. */
  'readers.list': { input: nothing, output: studies },
  /** Who and what a study may be made of. A case that whoever asks reads in another study is not among them. */
  'readers.candidates': {
    input: nothing,
    output: z.object({ cases: z.array(candidateSchema), people: z.array(readerSchema) }),
  },
  /**
   * Begins a study: from now on its readers are told of its cases what they may read, and nothing else (`case-covered`), until they
   * are through with it or leave it. Fails with `reader-study-refused`.
   */
  'readers.begin': { input: beginStudySchema, output: studies },
  /** Whoever asks reads no further in a study; what they read is kept and in no result. */
  'readers.leave': { input: z.object({ studyId: readerStudyId, reason: z.string().trim().max(500) }), output: studies },
  /** Nobody reads any more. */
  'readers.close': { input: z.object({ studyId: readerStudyId }), output: studies },
  /** The cases of a study in the order in which whoever asks reads them. Fails with `reader-study-not-yours`. */
  'readers.worklist': { input: z.object({ studyId: readerStudyId }), output: worklistSchema },
  /** One case as its reader sees it: without whose it is, without what became of it, and without the model until that may be seen. */
  'readers.item': { input: readingPlace, output: readingCaseSchema },
  /** A key image of it. */
  'readers.picture': { input: readingPlace.extend({ id: pictureIdSchema }), output: pictureSchema },
  /** Its images, without whose they are. Fails with `images-gone`, `no-images`. */
  'readers.openImages': { input: readingPlace.extend({ jobId }), output: openedStudiesSchema },
  /** Locks a reading with name and time, for ever. Fails with `reading-locked`, `reading-first`, `reader-study-ended`. */
  'readers.lock': {
    input: readingPlace.extend({ kind: z.enum(readingKinds), reading: readingSchema }),
    output: readingCaseSchema,
  },
  /** What was read, and what became of it. Fails with `reader-study-running` while anybody reads, since it would tell them. */
  'readers.results': { input: z.object({ studyId: readerStudyId }), output: studyResultsSchema },

  'backup.status': { input: nothing, output: backupStatusSchema },
  'backup.make': { input: z.object({ jobId }), output: backupSchema },
  /** The folder that the user chose in the host's own chooser. */
  'backup.chooseFolder': { input: z.object({ destination: z.string().min(1).max(100) }), output: backupStatusSchema },
  /** Checks a backup and says what restoring it would take away. */
  'backup.preview': { input: z.object({ name: z.string().max(100), jobId }), output: restorePreviewSchema },
  /** The history that is replaced stays beside the restored one under another name. */
  'backup.restore': { input: z.object({ name: z.string().max(100), jobId }), output: recordsStatusSchema },

  /** Looks at records, backup, model, provider, disk and clock, and says of each how it is. */
  'support.selfCheck': { input: z.object({ jobId }), output: selfCheckSchema },
  /** A support bundle as it would leave, file by file; known by its id until the next one is made. */
  'support.preview': {
    input: z.object({ jobId }),
    output: z.object({ id: z.string(), files: z.array(bundleFileSchema) }),
  },
  /** Writes what was shown, and nothing else, into a new folder in the chosen one. Fails with `bundle-gone`. */
  'support.save': {
    input: z.object({ id: z.string().max(64), destination: z.string().min(1).max(100) }),
    output: z.object({ folder: z.string(), files: z.int() }),
  },

  /** Adds an image archive, or puts it in the place of the one of its name. What lets in is sealed: the records have to be open for it. */
  'pacs.save': { input: newPacsNodeSchema, output: pacsNodes },
  'pacs.remove': { input: z.object({ name: pacsNode }), output: pacsNodes },
  /** Is it there, and does it let haicast in? `ms`: how long it took to say so. */
  'pacs.echo': { input: z.object({ node: pacsNode, jobId }), output: z.object({ ms: z.number().nonnegative() }) },
  'pacs.find': { input: z.object({ node: pacsNode, query: pacsQuerySchema, jobId }), output: foundStudiesSchema },
  /** What would be fetched of a study; nothing of it is yet. */
  'pacs.plan': {
    input: z.object({ node: pacsNode, studyInstanceUID: uidSchema, jobId }),
    output: z.object({ series: z.array(plannedSeriesSchema) }),
  },
  /**
   * Fetches series of a study into a private folder, which `study.open` then opens. `patientId`: as the archive gave it for the
   * study; an image of anybody else is refused with everything that came with it. Cancelled or failed, what came stays for
   * the next try, which goes on from there.
   */
  'pacs.fetch': {
    input: z.object({
      node: pacsNode,
      studyInstanceUID: uidSchema,
      patientId: z.string().max(1000),
      series: z.array(uidSchema).min(1).max(mostSeries),
      jobId,
    }),
    output: fetchedStudySchema,
  },
  /** Makes objects of a kept case, as `cases.export` does, and sends them. */
  'pacs.send': {
    input: z.object({
      node: pacsNode,
      id: z.string().min(1).max(100),
      as: z.array(sentKindSchema).min(1).max(sentKinds.length),
      jobId,
    }),
    output: sentCaseSchema,
  },

  /** One page of the audit log, newest first. */
  'audit.list': { input: auditQuerySchema, output: auditPageSchema },
  'audit.names': { input: nothing, output: auditNamesSchema },
  /** Writes what the filter leaves into the chosen folder, as a table that spreadsheets open. */
  'audit.export': {
    input: auditFilterSchema.extend({ destination: z.string().min(1).max(100), jobId }),
    output: z.object({ entries: z.int(), file: z.string() }),
  },
} as const;

export type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type ProcedureInput<N extends ProcedureName> = z.infer<Procedures[N]['input']>;
export type ProcedureOutput<N extends ProcedureName> = z.infer<Procedures[N]['output']>;

export const events = {
  /** Progress of a job that a procedure with this jobId started. */
  'job.progress': z.object({
    jobId: z.string(),
    /** e.g. `scan`, `decode`, `predict`, `export`. */
    phase: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  /** A worker process died and was started again; work under way was rejected with a clear error. */
  'worker.restarted': z.object({ worker: z.enum(['dicom', 'inference', 'pacs', 'report']), message: z.string() }),
  'records.changed': z.object({ caseId: z.string().optional() }),
  /** Somebody signed in or out, or users were changed. */
  'identity.changed': z.object({}),
  /** The host asks the renderer to open something: a path given on the command line, dropped, or chosen in a menu. */
  'host.open': z.object({ path: z.string() }),
  /** A native menu item was chosen, e.g. `case.predict`. */
  'host.command': z.object({ command: z.string() }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.infer<Events[N]>;

/** What the renderer talks to, whichever host carries it. */
export interface Client {
  call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void, signal?: AbortSignal): void;
}

/** What the application offers to a host. */
export interface Application {
  call(name: string, input: unknown): Promise<unknown>;
  onEvent(listener: (name: EventName, payload: unknown) => void): () => void;
  /** Raw bytes behind a `url` of the contract; undefined where there are none. */
  bytes(path: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}
