import type { ElectronApplication } from '@playwright/test';

/** What was asked of the main process: the text of a function, what it is given, and under which number its answer is kept. */
interface Question {
  source: string;
  given: unknown;
  number: number;
}

/** Runs in the main process: works the answer out once, and holds it. */
const answered = (electron: unknown, { source, given, number }: Question): unknown => {
  const kept = globalThis as { haicastAnswers?: Map<number, unknown> };
  kept.haicastAnswers ??= new Map();
  const answers = kept.haicastAnswers;
  if (!answers.has(number)) {
    const run = new Function('electron', 'given', `return (${source})(electron, given);`);
    answers.set(number, run(electron, given));
  }
  return answers.get(number);
};

const isCollected = (error: unknown): boolean => error instanceof Error && /garbage collected/.test(error.message);

const TRIES = 5;

/**
 * V8's inspector holds the promise of an answer weakly, even where the answer is there already: garbage collected in between
 * makes `evaluate` fail with "Resulting promise was garbage collected" although the function ran (V8 has changed it since; the
 * Electron of the tests is older). So a question is numbered: asked again, it gives the first answer and runs nothing twice.
 */
export const heldAnswers = (app: ElectronApplication): void => {
  const evaluate = app.evaluate.bind(app) as (ask: typeof answered, question: Question) => Promise<unknown>;
  let asked = 0;
  const ask = async (question: Question, tries: number): Promise<unknown> => {
    try {
      return await evaluate(answered, question);
    } catch (error) {
      if (!isCollected(error) || tries === 1) throw error;
      return ask(question, tries - 1);
    }
  };
  app.evaluate = ((run: unknown, given: unknown) =>
    ask({ source: String(run), given, number: asked++ }, TRIES)) as ElectronApplication['evaluate'];
};
