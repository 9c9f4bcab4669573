import { createRouter, createWebHashHistory } from 'vue-router';
import CasesView from './views/CasesView.vue';
import { caseView } from './views/case-view.ts';

/** Places of the application. No address ever names a patient. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/cases' },
    { path: '/cases', name: 'cases', component: CasesView },
    { path: '/case', name: 'case', component: caseView },
    { path: '/course', name: 'course', component: () => import('./views/CourseView.vue') },
    { path: '/board', name: 'board', component: () => import('./views/BoardView.vue') },
    // Fills the window, and has its keys to itself.
    {
      path: '/present/:meeting',
      name: 'present',
      component: () => import('./views/PresentView.vue'),
      meta: { presents: true },
    },
    { path: '/follow-up', name: 'follow-up', component: () => import('./views/FollowUpView.vue') },
    { path: '/evidence', name: 'evidence', component: () => import('./views/EvidenceView.vue') },
    { path: '/readers', name: 'readers', component: () => import('./views/ReadersView.vue') },
    { path: '/readers/:study/read', name: 'read', component: () => import('./views/ReadView.vue') },
    {
      path: '/readers/:study/results',
      name: 'reader-results',
      component: () => import('./views/ReaderResultsView.vue'),
    },
    { path: '/models', name: 'models', component: () => import('./views/ModelsView.vue') },
    { path: '/archive', name: 'archive', component: () => import('./views/ArchiveView.vue') },
    { path: '/report', name: 'report', component: () => import('./views/ReportView.vue') },
    { path: '/:rest(.*)*', redirect: '/cases' },
  ],
});
