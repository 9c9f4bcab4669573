/** The two open fonts of a report, each in two weights: Latin, Greek and Cyrillic in one, Chinese and Japanese in the other. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import type { Language } from '#shared/words/language.ts';

export type Weight = 'regular' | 'bold';
export type Family = 'latin' | 'chinese';

export interface ReportFont {
  /** By which the document knows it. */
  readonly name: string;
  readonly family: Family;
  readonly bytes: Buffer;
  readonly has: (codePoint: number) => boolean;
}

const files: Readonly<Record<Family, Readonly<Record<Weight, string>>>> = {
  latin: {
    regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  },
  chinese: {
    regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
};

const isOneFont = (found: ReturnType<typeof create>): found is Font => 'hasGlyphForCodePoint' in found;

const read = (family: Family, weight: Weight): ReportFont => {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(files[family][weight]));
  const parsed = create(bytes);
  if (!isOneFont(parsed)) throw new Error(`${files[family][weight]} holds more than one font`);
  return { name: `${family}-${weight}`, family, bytes, has: (codePoint) => parsed.hasGlyphForCodePoint(codePoint) };
};

const loaded = new Map<string, ReportFont>();

const fontOf = (family: Family, weight: Weight): ReportFont => {
  const key = `${family}-${weight}`;
  const known = loaded.get(key);
  if (known) return known;
  const font = read(family, weight);
  loaded.set(key, font);
  return font;
};

/** In the order in which a letter is looked for. Read once. */
export const fontsFor = (language: Language, weight: Weight): readonly ReportFont[] => {
  const order: readonly Family[] = language === 'zh-CN' ? ['chinese', 'latin'] : ['latin', 'chinese'];
  return order.map((family) => fontOf(family, weight));
};
