/** Names that come from inside an archive or a directory record: untrusted, so that none may lead out of its place. */

const hasControlCharacter = (name: string): boolean => {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
};

/** Why a relative name is refused; undefined where it is safe. */
export const unsafeName = (name: string): string | undefined => {
  if (name === '' || hasControlCharacter(name)) return 'The name holds control characters.';
  if (/^([/\\]|[A-Za-z]:)/.test(name)) return 'The name is an absolute path.';
  if (name.split(/[/\\]/).includes('..')) return 'The name leads out of its folder.';
  return undefined;
};
