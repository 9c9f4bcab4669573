import { expect, test } from 'vitest';
import { askedAgain } from '../../../src/renderer/client/asked-again.ts';
import { AppError } from '../../../src/shared/errors.ts';

const died = () => new AppError('worker-died', 'The process ended.');

/** Answers or throws what stands in `answers`, in turn. */
const host = (answers: unknown[]) => {
  let asked = 0;
  const ask = (): Promise<unknown> => {
    const answer = answers[asked++];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { ask, asked: () => asked };
};

const live = () => new AbortController().signal;

test('what was at work in a process that died is asked for once more', async () => {
  const { ask, asked } = host([died(), 'pixels']);
  expect(await askedAgain(live(), ask)).toBe('pixels');
  expect(asked()).toBe(2);
});

test('a second death is told, and asked for no more', async () => {
  const { ask, asked } = host([died(), died(), 'pixels']);
  await expect(askedAgain(live(), ask)).rejects.toMatchObject({ code: 'worker-died' });
  expect(asked()).toBe(2);
});

test('any other failure is told at once', async () => {
  const { ask, asked } = host([new AppError('file-damaged', 'The file is damaged.'), 'pixels']);
  await expect(askedAgain(live(), ask)).rejects.toMatchObject({ code: 'file-damaged' });
  expect(asked()).toBe(1);
});

test('what nobody wants any more is not asked for again', async () => {
  const { ask, asked } = host([died(), 'pixels']);
  await expect(askedAgain(AbortSignal.abort(), ask)).rejects.toMatchObject({ code: 'worker-died' });
  expect(asked()).toBe(1);
});
