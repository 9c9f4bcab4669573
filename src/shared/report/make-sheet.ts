/** Puts a report into words. Pure. */
import type { Words } from '../words/words.ts';
import { courseBlock, factorBlock, flagBlock, lesionBlock, noteBlock, scoreBlocks } from './case-blocks.ts';
import { decisionBlocks, deliberationOf } from './decision-blocks.ts';
import { explanations } from './explanations.ts';
import { bannerOf, footerOf, identityOf } from './frame-lines.ts';
import type { ReportContent } from './report-content.ts';
import { baseRateBlock, comparedBlocks, resultBlock, warningBlocks, whyBlocks } from './result-blocks.ts';
import { muted } from './rows.ts';
import type { Row, Sheet } from './sheet.ts';

/** In the place of rows that are in the appendix. */
export const movedRow =
  (words: Words) =>
  (count: number): Row =>
    muted(words.say('report.moved', { n: count }));

export const makeSheet = (content: ReportContent, words: Words): Sheet => ({
  language: content.language,
  title: words.say('report.heading'),
  banner: bannerOf(content, words),
  identity: identityOf(content, words),
  pictures: content.images.map(({ role, sliceIndex, plain, mapped }) => ({
    caption: words.say('report.picture', { role: words.say(`images.roles.${role}`), slice: sliceIndex + 1 }),
    plain: plain?.id ?? null,
    mapped: mapped?.id ?? null,
  })),
  pictureRows: {
    plain: words.say('report.plainRow'),
    mapped: words.say('report.mappedRow'),
    none: words.say('report.noImages'),
  },
  blocks: [
    ...warningBlocks(content, words).filter(({ id }) => id === 'serious'),
    resultBlock(content, words),
    ...warningBlocks(content, words).filter(({ id }) => id === 'moves'),
    ...baseRateBlock(content, words),
    ...whyBlocks(content, words),
    ...comparedBlocks(content, words),
    ...factorBlock(content, words),
    ...lesionBlock(content, words),
    ...scoreBlocks(content, words),
    ...flagBlock(content, words),
    ...decisionBlocks(content, words),
    ...courseBlock(content, words),
    ...noteBlock(content, words),
  ],
  appendix: [...deliberationOf(content, words), ...explanations(content, words)],
  footer: footerOf(content, words),
  words: { appendix: words.say('report.appendix') },
});
