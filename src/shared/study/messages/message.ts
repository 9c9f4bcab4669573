/**
 * A sentence about a study as a code with its values, so that it can be said in any language. The English templates
 * stand in this folder, once, for the command line, the records and the English screen alike.
 */
import { z } from 'zod';

export const messageParamsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export type MessageParams = z.infer<typeof messageParamsSchema>;

export const messageSchema = z.object({
  /** Key of a template, stable. */
  code: z.string(),
  /** The template's values by name; which of them are words of a language stands in `words.ts`. */
  params: messageParamsSchema,
});
export type Message = z.infer<typeof messageSchema>;

/** Names of the `{placeholders}` of a template. */
export type Placeholders<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The arguments that a template needs after its code: none, or a value for every placeholder. */
export type ParamsOf<Template extends string> = [Placeholders<Template>] extends [never]
  ? []
  : [params: Record<Placeholders<Template>, string | number>];

/** Puts values into a template; a placeholder without a value stays visible. */
export const fill = (template: string, params: MessageParams): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
