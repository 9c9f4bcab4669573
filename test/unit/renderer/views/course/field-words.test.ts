import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CourseKind, courseKinds, coursePartSchemas } from '#shared/course/course.ts';
import en from '#shared/words/en/index.ts';
import zhCN from '#shared/words/zh-CN/index.ts';
import { fieldKey, untold } from '../../../../../src/renderer/views/course/field-words.ts';

type Schema = {
  properties?: Record<string, Schema>;
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
} & {
  [key in 'anyOf' | 'oneOf']?: Schema[];
};

/** What the history tells as one has no fields of its own. */
const WHOLE = new Set(['images', 'movedMm', 'roles', 'place', 'viablePlace']);

/** Every name of a field that a part may have. */
const fieldsOf = (schema: Schema): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    untold.has(name) ? [] : [name, ...(WHOLE.has(name) ? [] : fieldsOf(child))],
  ),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.prefixItems ?? [])].flatMap(fieldsOf),
  ...(schema.items ? fieldsOf(schema.items) : []),
  ...(typeof schema.additionalProperties === 'object' ? fieldsOf(schema.additionalProperties) : []),
];

const wordAt = (language: object, key: string): unknown =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], language);

/** Criteria name themselves. */
const NAMES = new Set(['recist-1.1', 'mrecist']);

test.each(courseKinds)('every field of a %s has its words in the history, in both languages', (kind: CourseKind) => {
  const schema = z.toJSONSchema(coursePartSchemas[kind], { unrepresentable: 'any' }) as Schema;
  const names = [...new Set(fieldsOf(schema))].filter((name) => !NAMES.has(name));
  for (const language of [en, zhCN]) {
    expect(names.filter((name) => typeof wordAt(language, fieldKey(name)) !== 'string')).toStrictEqual([]);
    expect(wordAt(language, `course.history.kinds.${kind}`)).toEqual(expect.any(String));
  }
});
