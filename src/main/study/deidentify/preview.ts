/** What the user sees before a copy leaves: the plan of one image as a diff, its warnings, and what is declared. */
import { AppError } from '#shared/errors.ts';
import type { DeidentificationPreview, DeidentifyOptions } from '#shared/study/deidentify.ts';
import type { InputFile } from '../bytes/input.ts';
import { asRefusal } from '../scan/refusal.ts';
import { dictionary } from '../tags/dictionary.ts';
import { diffLines } from './diff.ts';
import { prepareFile, wholeFile } from './export-study.ts';
import { methodCodes } from './options.ts';

/** Throws `AppError('cannot-deidentify')` where the file cannot be read whole. */
export const previewDeidentified = async (
  file: InputFile,
  key: Uint8Array,
  options: DeidentifyOptions,
  subject?: string,
): Promise<DeidentificationPreview> => {
  try {
    const { tree, plan, pseudonyms } = prepareFile(await file.open(wholeFile), key, options, dictionary, subject);
    return {
      lines: diffLines(plan, tree, options),
      warnings: plan.warnings,
      methods: methodCodes(options),
      pseudonym: pseudonyms.patient,
    };
  } catch (error) {
    const { code, message } = asRefusal(error);
    throw new AppError('cannot-deidentify', `This image cannot be de-identified and would not leave. ${message}`, {
      params: { reason: code },
    });
  }
};
