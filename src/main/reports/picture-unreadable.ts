import { AppError } from '#shared/errors.ts';

/** A picture that cannot be read or decoded is said to be one: no report leaves it out without a word. */
export const pictureUnreadable = (cause: unknown): AppError =>
  new AppError(
    'picture-unreadable',
    'A key image of this case cannot be read, so its report is not made. Take the image again, or away, and save the case.',
    { cause },
  );
