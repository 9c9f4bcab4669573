/** Is everything that haicast stands on as it should be: one finding a subject, in words, with what to do. */
import { z } from 'zod';

/** By code: what was found, and what to do about it. Texts in braces are the finding's `params`. */
export const selfCheckWords = {
  'records-new': {
    says: 'There is no case history yet.',
    remedy: 'Nothing to do: it begins with the first case that is saved.',
  },
  'records-open': { says: 'The case history is open: {cases} cases.', remedy: '' },
  'records-locked': {
    says: 'The case history is locked.',
    remedy: 'Unlock it to have the records and the clock checked as well.',
  },
  'records-damaged': {
    says: 'The case history is damaged. What can be read of it may be read; nothing is saved.',
    remedy: 'Settings, Records: mend it, or restore a backup.',
  },
  'records-unavailable': {
    says: 'The case history cannot be opened ({code}).',
    remedy: 'The list of cases says why and what to do. Do not delete the data folder.',
  },
  'backup-none': { says: 'There is nothing to back up yet.', remedy: '' },
  'backup-good': { says: 'The last backup is of {at}: {cases} cases.', remedy: '' },
  'backup-same-disk': {
    says: 'The last backup is of {at}: {cases} cases. It lies on this computer, and is lost with it.',
    remedy: 'Settings, Records: choose a folder on another disk or on the network.',
  },
  'backup-missed': {
    says: 'No backup has been made in the last two days.',
    remedy: 'Settings, Records: back up now.',
  },
  'backup-failed': {
    says: 'No backup has been made in the last two days: the last attempt failed ({code}).',
    remedy: 'Settings, Records: back up now, and read why it fails. Check that the folder can be reached and written.',
  },
  'model-good': { says: 'The model {id} {version} can be used.', remedy: '' },
  'model-rejected': {
    says: 'The model {id} {version} can be used. Packages that are refused: {rejected}.',
    remedy: 'Models says of each why. Install them anew, or remove them.',
  },
  'model-none': {
    says: 'There is no model that can be used.',
    remedy: 'Models says of each package why it is refused. Install one, or ask whoever manages the allowed models.',
  },
  'provider-good': {
    says: 'Models are computed by {provider}; it reproduces the reference in {ms} ms.',
    remedy: '',
  },
  'provider-refused': {
    says: 'Models are computed by {provider}. These did not reproduce the reference and are not used: {refused}.',
    remedy: 'Nothing to do for safety. Update the driver of the graphics card for more speed.',
  },
  'provider-none': {
    says: 'No execution provider computes the model ({code}).',
    remedy: 'Settings: let models be computed by the CPU. If that fails too, install haicast anew.',
  },
  'disk-good': { says: 'Free in the data folder: {mb} MB; it can be written.', remedy: '' },
  'disk-low': { says: 'Only {mb} MB are free in the data folder.', remedy: 'Free disk space soon.' },
  'disk-full': {
    says: 'Only {mb} MB are free in the data folder: saving will fail.',
    remedy: 'Free disk space now.',
  },
  'disk-refused': {
    says: 'The data folder cannot be written or its disk does not answer ({code}).',
    remedy: 'Give the user write access to the data folder, and check its disk.',
  },
  'clock-good': { says: 'The clock is {at}, after everything that was ever kept.', remedy: '' },
  'clock-behind': {
    says: 'The clock is {at}, but something was kept at {last}.',
    remedy:
      'Set the clock of this computer, and let it follow a time server. Times that are kept from now on are wrong.',
  },
  'clock-unset': {
    says: 'The clock is {at}, before this program was made.',
    remedy: 'Set the clock of this computer, and let it follow a time server.',
  },
  'versions-known': { says: 'haicast {version} on {platform}; {runtimes}.', remedy: '' },
};
export type SelfCheckCode = keyof typeof selfCheckWords;
const codes = Object.keys(selfCheckWords) as [SelfCheckCode, ...SelfCheckCode[]];

export const selfCheckSubjects = ['records', 'backup', 'model', 'provider', 'disk', 'clock', 'versions'] as const;
export type SelfCheckSubject = (typeof selfCheckSubjects)[number];

/** `attention`: works, and somebody should look; `bad`: something does not work or will be lost. */
export const selfCheckStates = ['good', 'attention', 'bad'] as const;
export type SelfCheckState = (typeof selfCheckStates)[number];

export const findingSchema = z.object({
  subject: z.enum(selfCheckSubjects),
  state: z.enum(selfCheckStates),
  code: z.enum(codes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof findingSchema>;

export const selfCheckSchema = z.object({ at: z.string(), findings: z.array(findingSchema) });
export type SelfCheck = z.infer<typeof selfCheckSchema>;

const filled = (text: string, params: Finding['params']): string =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? ''));

/** A finding in English: what it says, and what to do; that is empty where there is nothing to do. */
export const sayFinding = ({ code, params }: Pick<Finding, 'code' | 'params'>): { says: string; remedy: string } => ({
  says: filled(selfCheckWords[code].says, params),
  remedy: filled(selfCheckWords[code].remedy, params),
});

/** The state of the whole: the worst of its findings. */
export const worstOf = (findings: readonly Pick<Finding, 'state'>[]): SelfCheckState =>
  findings.reduce<SelfCheckState>(
    (worst, { state }) => (selfCheckStates.indexOf(state) > selfCheckStates.indexOf(worst) ? state : worst),
    'good',
  );

/** One file of a support bundle, whole: what is shown of it is what leaves. */
export const bundleFileSchema = z.object({ name: z.string(), text: z.string() });
export type BundleFile = z.infer<typeof bundleFileSchema>;
