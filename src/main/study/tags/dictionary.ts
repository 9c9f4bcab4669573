/** Names and representations of standard elements (PS3.6), loaded when somebody first looks at a file's tags. */
export interface DictionaryEntry {
  keyword: string;
  vr: string;
}

/** `gggg,eeee` in upper case → entry. */
export type Dictionary = (tag: string) => DictionaryEntry | undefined;

/** Group lengths and private creators stand in every group, and in no list. */
const general = (tag: string): DictionaryEntry | undefined => {
  if (tag.endsWith(',0000')) return { keyword: 'GroupLength', vr: 'UL' };
  const isPrivate = Number.parseInt(tag.slice(3, 4), 16) % 2 === 1;
  if (isPrivate && /,00[1-9A-F][0-9A-F]$/.test(tag)) return { keyword: 'PrivateCreator', vr: 'LO' };
  return undefined;
};

/** Repeating groups of overlays and curves: 60xx, 50xx. */
const repeating = (tag: string): string => (/^(60|50)/.test(tag) ? `${tag.slice(0, 2)}xx${tag.slice(4)}` : tag);

/** Elements of several representations have a code of their own in the list; the widest one is shown. */
const ambiguous: Record<string, string | undefined> = { xs: 'US', ox: 'OW', lt: 'OW', up: 'UL' };

let loading: Promise<Dictionary> | undefined;

const load = async (): Promise<Dictionary> => {
  const { default: entries } = await import('dcmjs/dictionary');
  return (tag) => {
    const entry = entries[`(${tag})`] ?? entries[`(${repeating(tag)})`];
    if (!entry) return general(tag);
    const vr = ambiguous[entry.vr] ?? /^[A-Z]{2}/.exec(entry.vr)?.[0] ?? 'UN';
    return { keyword: entry.name, vr };
  };
};

export const loadDictionary = (): Promise<Dictionary> => {
  loading ??= load();
  return loading;
};
