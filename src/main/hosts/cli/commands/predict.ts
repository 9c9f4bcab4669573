import { randomUUID } from 'node:crypto';
import type { InstalledModel } from '#shared/api.ts';
import { type FactorsFile, readFactorsFile } from '#shared/clinical/factors-file.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction, PredictionWarning } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { assertSomeMr } from '#shared/study/modality.ts';
import type { RoleAssignment, SeriesRole } from '#shared/study/roles.ts';
import { userName } from '../../node-application.ts';
import type { Call } from '../client.ts';
import { isCoordinates, lesionFromCoordinates, lesionsFromJson } from '../lesion-option.ts';
import { chooseStudy, openStudies } from '../one-study.ts';
import { readJson } from '../read-json.ts';
import { chooseRoles, parseRoleOptions } from '../role-options.ts';
import { chooseShifts, parseShiftOptions } from '../shift-options.ts';

export interface PredictOptions {
  factors: string;
  lesion?: string;
  role: string[];
  shift: string[];
  model?: string;
  study?: string;
  save?: boolean;
  recoveryKeyFile?: string;
}

export interface PredictResult {
  prediction: Prediction;
  roles: RoleAssignment[];
  /** What each series of the study was taken for, used or not: a hepatobiliary phase is one of its own. */
  seriesRoles: { seriesId: string; role: SeriesRole; confidence: number }[];
  lesions: Lesion[];
  /** Remarks of the factor file, beside the prediction's own warnings. */
  factorWarnings: PredictionWarning[];
  caseId?: string;
}

/** Parts of the file itself, not factors: without them there is nothing to predict from. */
const partsOfFile = ['factors', 'lesions'];

/** A refused factor withholds the number; a file that cannot be read refuses the command (`bad-factors`). */
const readFactors = async (path: string): Promise<FactorsFile> => {
  const file = readFactorsFile(await readJson(path));
  const unreadable = file.errors.filter(({ factor }) => partsOfFile.includes(factor));
  if (unreadable.length === 0) return file;
  throw new AppError('bad-factors', `The factors are refused. ${unreadable.map(({ text }) => text).join(' ')}`);
};

const modelNamed = async (call: Call, id: string | undefined): Promise<InstalledModel> => {
  const { models, rejected } = await call('models.list', {});
  const found = models.find(({ manifest, isDefault }) => (id === undefined ? isDefault : manifest.id === id));
  if (found) return found;
  const known = models.map(({ manifest }) => manifest.id).join(', ') || 'none';
  const refused = rejected.map(({ folder, reason }) => ` ${folder} is refused: ${reason}`).join('');
  throw new AppError('model-unknown', `There is no model ${id ?? 'to use'}. Installed: ${known}.${refused}`);
};

/** The lesion option wins over the lesions in the factor file. Throws `no-lesion` where there is neither. */
const readLesions = async (
  option: string | undefined,
  file: FactorsFile,
  seriesId: string | undefined,
): Promise<Lesion[]> => {
  if (option === undefined) {
    if (file.lesions.length > 0) return [...file.lesions];
    throw new AppError(
      'no-lesion',
      'No lesion is marked, so the model does not know where to look. Give --lesion X,Y,Z,DIAMETER (mm, DICOM patient coordinates), --lesion FILE.json, or "lesions" in the factor file.',
    );
  }
  if (seriesId === undefined) {
    throw new AppError('roles-in-doubt', 'No series has a role, so the lesion has no patient coordinates. Use --role.');
  }
  return isCoordinates(option)
    ? [lesionFromCoordinates(option, seriesId)]
    : lesionsFromJson(await readJson(option), seriesId);
};

/** What the prediction does not say itself. */
const toWarnings = (file: FactorsFile): PredictionWarning[] =>
  [...file.errors, ...file.warnings.filter(({ code }) => code !== 'censored')].map(({ code, text }) => ({
    code,
    severity: 'warning',
    text,
  }));

export const predict = async (call: Call, path: string, options: PredictOptions): Promise<PredictResult> => {
  const choices = parseRoleOptions(options.role);
  const moved = parseShiftOptions(options.shift);
  const file = await readFactors(options.factors);
  const { manifest } = await modelNamed(call, options.model);
  const opened = await openStudies(call, path);
  const { series, studyInstanceUID } = chooseStudy(opened, options.study);
  assertSomeMr(series);
  const context = { series, channels: manifest.channels, user: userName(), at: new Date().toISOString() };
  const roles = chooseRoles(choices, context);
  const lesions = await readLesions(options.lesion, file, roles[0]?.seriesId);
  const shifts = chooseShifts(moved, { ...context, roles });
  const inputs = { openId: opened.openId, studyInstanceUID, roles, lesions, shifts, factors: file.values };
  const refusedEntries = file.errors.map(({ factor, code }) => ({ factor, code }));
  const asked = { ...inputs, refusedEntries, modelId: manifest.id, jobId: randomUUID() };
  const prediction = await call('prediction.run', asked);
  const saved = options.save
    ? await call('cases.save', { ...inputs, predictionId: prediction.id, separate: true })
    : undefined;
  return {
    prediction,
    roles,
    seriesRoles: series.map(({ id, suggestion: { role, confidence } }) => ({ seriesId: id, role, confidence })),
    lesions,
    factorWarnings: toWarnings(file),
    ...(saved ? { caseId: saved.id } : {}),
  };
};
