/** Errors that reach a person: a stable code, a sentence a doctor understands, and a detail for the log. */
import { z } from 'zod';

export const errorShapeSchema = z.object({
  code: z.string(),
  /** What happened, what it means, what to do. English; the renderer translates by `code` and `params`. */
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** For the log. Never holds a patient identifier. */
  detail: z.string().optional(),
});
export type ErrorShape = z.infer<typeof errorShapeSchema>;

export interface AppErrorOptions {
  params?: Record<string, string | number>;
  detail?: string;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number> | undefined;
  readonly detail: string | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params;
    this.detail = options.detail;
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      ...(this.params ? { params: this.params } : {}),
      ...(this.detail ? { detail: this.detail } : {}),
    };
  }
}

/** Any thrown value as a shape that may cross a process boundary. An unknown error keeps its text out of `message`. */
export const toErrorShape = (error: unknown): ErrorShape => {
  if (error instanceof AppError) return error.toShape();
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'internal',
    message: 'Something failed inside the application. Nothing was changed. Try again; the log has the detail.',
    detail,
  };
};

export const fromErrorShape = (shape: ErrorShape): AppError =>
  new AppError(shape.code, shape.message, {
    ...(shape.params ? { params: shape.params } : {}),
    ...(shape.detail ? { detail: shape.detail } : {}),
  });
