import { AppError } from '#shared/errors.ts';

/** `names`: of the settings that somebody tried to change. */
export const settingManaged = (...names: string[]): AppError =>
  new AppError('setting-managed', 'This is set for the workstation by its administrator.', {
    detail: names.join(', '),
  });
