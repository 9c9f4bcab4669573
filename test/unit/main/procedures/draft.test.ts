import { describe, expect, test } from 'vitest';
import type { CaseDraft } from '#shared/cases/case.ts';
import { draftHandlers, Session } from '../../../../src/main/procedures/draft.ts';
import { keyImage } from '../../renderer/stores/key-image.ts';

const draft = (note: string, changes: Partial<CaseDraft> = {}): CaseDraft => ({
  studyInstanceUID: '1.2',
  roles: [],
  lesions: [],
  factors: {},
  note,
  ...changes,
});
const handlersOf = (session: Session) => draftHandlers(session, { opened: () => undefined });

/** A PNG of no picture, with `length` bytes after its signature. */
const png = (length: number, fill: number) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(length, fill)]).toString('base64');

describe('the work of a window', () => {
  test('is its own: neither of two windows sees or overwrites that of the other', async () => {
    const handlers = handlersOf(new Session());
    await handlers['draft.keep']({ window: 'one', draft: draft('first'), unsaved: true });
    await handlers['draft.keep']({ window: 'two', draft: draft('second'), unsaved: true });
    expect((await handlers['draft.get']({ window: 'one' })).draft?.note).toBe('first');
    expect((await handlers['draft.get']({ window: 'two' })).draft?.note).toBe('second');
    expect((await handlers['draft.get']({ window: 'three' })).draft).toBeNull();
    await handlers['draft.keep']({ window: 'one', draft: null, unsaved: false });
    expect((await handlers['draft.get']({ window: 'two' })).draft?.note).toBe('second');
  });

  test('is offered to another window only while it is in no record, and moves there when it is taken', async () => {
    const handlers = handlersOf(new Session());
    await handlers['draft.keep']({ window: 'one', draft: draft('unsaved', { caseId: 'c' }), unsaved: true });
    await handlers['draft.keep']({ window: 'two', draft: draft('saved'), unsaved: false });
    const { others } = await handlers['draft.others']({ window: 'three' });
    expect(others).toMatchObject([{ window: 'one', caseId: 'c' }]);
    // What is offered says nothing of the patient.
    expect(Object.keys(others[0] ?? {}).sort()).toStrictEqual(['at', 'caseId', 'window']);
    expect((await handlers['draft.take']({ window: 'three', from: 'one' })).draft?.note).toBe('unsaved');
    expect((await handlers['draft.get']({ window: 'one' })).draft).toBeNull();
    expect((await handlers['draft.get']({ window: 'three' })).draft?.note).toBe('unsaved');
  });
});

test('work on a case that was erased before this start is refused to a window that outlived it', async () => {
  const session = new Session();
  const handlers = draftHandlers(session, { opened: () => undefined }, (caseId) => caseId === 'erased');
  const keep = async (caseId: string) =>
    handlers['draft.keep']({ window: 'one', draft: draft('', { caseId }), unsaved: true });
  await expect(keep('erased')).rejects.toMatchObject({ code: 'case-erased' });
  expect(session.draft('one')).toBeNull();
  await keep('kept');
  expect(session.draft('one')).toMatchObject({ caseId: 'kept' });
});

describe('a picture that was handed over', () => {
  test('is known by its hash until it is saved', () => {
    const { pictures } = new Session();
    const { id, bytes } = pictures.put({ mediaType: 'image/png', base64: png(4, 1) });
    expect(bytes).toBe(12);
    expect(pictures.get(id)?.bytes.byteLength).toBe(12);
    expect(pictures.put({ mediaType: 'image/png', base64: png(4, 1) }).id).toBe(id);
  });

  test('that is no picture of its type is refused', () => {
    const { pictures } = new Session();
    expect(() => pictures.put({ mediaType: 'image/webp', base64: png(4, 1) })).toThrow(
      expect.objectContaining({ code: 'key-image-refused' }),
    );
  });

  test('goes before those that a draft names where there are too many', () => {
    const session = new Session();
    const put = (n: number) => session.pictures.put({ mediaType: 'image/png', base64: png(1_400_000, n) }).id;
    const named = put(0);
    session.keepDraft('one', draft('', { keyImages: [keyImage('a', 'kept', { id: named })] }), true);
    const loose = put(1);
    const later = Array.from({ length: 50 }, (_, n) => put(n + 2));
    expect(session.pictures.get(named)).toBeDefined();
    expect(session.pictures.get(loose)).toBeUndefined();
    expect(session.pictures.get(later.at(-1) ?? '')).toBeDefined();
  });
});
