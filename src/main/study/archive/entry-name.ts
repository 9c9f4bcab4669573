/** Names that come from inside an archive or a directory record: untrusted, so that none may lead out of its place. */

import { type RefusalReason, refusalSentence } from '#shared/study/messages/refusals.ts';

const hasControlCharacter = (name: string): boolean => {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
};

/** Why a relative name is refused; undefined where it is safe. */
export const unsafeName = (name: string): RefusalReason | undefined => {
  if (name === '' || hasControlCharacter(name)) return refusalSentence('name-control-characters');
  if (/^([/\\]|[A-Za-z]:)/.test(name)) return refusalSentence('name-absolute');
  if (name.split(/[/\\]/).includes('..')) return refusalSentence('name-leads-out');
  return undefined;
};
