import { describe, expect, it } from 'vitest';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { assembleStudies } from '../../../../../src/main/study/assemble/assemble-studies.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { decodeVolume } from '../../../../../src/main/study/volumes/decode-volume.ts';
import { planPanes } from '../../../../../src/renderer/series/pane-plan.ts';
import { publicStudies, testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from '../scan/memory-source.ts';

/** A study is opened with one click, and picked with a second where there are several: then its first pane stands. */
describe.skipIf(!testdataRoot())(
  `every public study shows an image where it opens${withoutPublicFiles}`,
  { timeout: 60_000 },
  () => {
    it.each(publicStudies())('$name', async ({ path, hasImages }) => {
      const input = await openInput(path, quiet.signal);
      try {
        const { images } = await scanFiles(input.files, quiet);
        const { studies, stacks } = assembleStudies(images);
        expect(studies.length > 0).toBe(hasImages);
        for (const { series } of studies) {
          const [first] = planPanes(series, suggestedRoles(series), {}).flatMap((pane) => pane.series ?? []);
          const stack = stacks.find(({ id }) => id === first?.id);
          if (!stack) throw new Error('no pane has a series');
          const { info } = await decodeVolume('open', stack, input.files, quiet);
          expect(info.shape[0]).toBe(stack.images.length);
          expect(info.window.width).toBeGreaterThan(0);
        }
      } finally {
        await input.close();
      }
    });
  },
);
