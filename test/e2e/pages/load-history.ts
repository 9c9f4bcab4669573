import type { Page } from '@playwright/test';

/** Begins the case history of a fresh installation and loads the simulated one, from the empty page of evidence. */
export const loadHistory = async (page: Page): Promise<void> => {
  await page.getByTestId('evidence-load-simulated').click();
  await page.getByTestId('passphrase').fill('correct horse battery');
  await page.getByTestId('passphrase-again').fill('correct horse battery');
  await page.getByTestId('records-submit').click();
  await page.getByTestId('recovery-kept').click();
  await page.getByTestId('hospital-evidence').waitFor();
};
