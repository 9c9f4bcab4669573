/** The place of a case, with the whole viewer: what is fetched when it is asked for, or before. */
export const caseView = () => import('./CaseView.vue');
