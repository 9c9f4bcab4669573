/** Errors that reach a person: a stable code, a sentence a doctor understands, and a detail for the log. */
import { z } from 'zod';
import { programPlaces } from './program-places.ts';

export const errorShapeSchema = z.object({
  code: z.string(),
  /** What happened, what it means, what to do. English; the renderer translates by `code` and `params`. */
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** For the log. Never holds a patient identifier. */
  detail: z.string().optional(),
  /** For the log: the lines of the program that an unforeseen error came through, the innermost first. */
  at: z.array(z.string()).optional(),
});
export type ErrorShape = z.infer<typeof errorShapeSchema>;

export interface AppErrorOptions {
  params?: Record<string, string | number>;
  detail?: string;
  at?: string[];
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number> | undefined;
  readonly detail: string | undefined;
  readonly at: readonly string[] | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params;
    this.detail = options.detail;
    this.at = options.at;
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      ...(this.params ? { params: this.params } : {}),
      ...(this.detail ? { detail: this.detail } : {}),
      ...(this.at ? { at: [...this.at] } : {}),
    };
  }
}

/** Any thrown value as a shape that may cross a process boundary. An unknown error keeps its text out of `message`. */
export const toErrorShape = (error: unknown): ErrorShape => {
  if (error instanceof AppError) return error.toShape();
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const at = error instanceof Error ? programPlaces(error.stack ?? '') : [];
  return {
    code: 'internal',
    message: 'Something failed inside the application. Nothing was changed. Try again; the log has the detail.',
    detail,
    ...(at.length > 0 ? { at } : {}),
  };
};

export const fromErrorShape = (shape: ErrorShape): AppError =>
  new AppError(shape.code, shape.message, {
    ...(shape.params ? { params: shape.params } : {}),
    ...(shape.detail ? { detail: shape.detail } : {}),
    ...(shape.at ? { at: shape.at } : {}),
  });
