/** The tools over the images. */
import type { Page } from '@playwright/test';

/** In how many rows they stand: one, however long their words are. */
export const toolbarRows = async (page: Page): Promise<number> => {
  const tools = page.getByRole('toolbar').locator(':is(button, select):visible');
  const tops = await tools.evaluateAll((all) => all.map((tool) => Math.round(tool.getBoundingClientRect().top)));
  return new Set(tops).size;
};
