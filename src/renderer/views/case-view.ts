import { whenIdle } from '../shell/when-idle.ts';

/** The place of a case, with the whole viewer: what is fetched when it is asked for, or before. */
export const caseView = () => import('./CaseView.vue');

/** Fetches it while nobody waits and gets the viewer ready to draw: whoever chooses a case then waits for its images alone. */
export const prepareCaseView = (): void =>
  whenIdle(async () => {
    await caseView();
    const { warmViewer } = await import('../viewer/warm-viewer.ts');
    whenIdle(warmViewer);
  });
