import type { Settings } from '#shared/api.ts';
import { en, type HostTexts } from './en.ts';
import { zhCN } from './zh-cn.ts';

export type { HostTexts } from './en.ts';

export const hostTexts = (language: Settings['language']): HostTexts => (language === 'zh-CN' ? zhCN : en);

/** Puts values into `{name}` places. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
