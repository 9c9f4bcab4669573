import './no-eval.ts';

import '@fontsource-variable/inter';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import './base.css';
import { installClient } from './client/index.ts';
import { i18n } from './locales/index.ts';
import { logUnforeseen } from './log-unforeseen.ts';
import { reportErrors } from './report-errors.ts';
import { router } from './router.ts';
import { useNoticesStore } from './stores/notices.ts';
import './tokens.css';

const app = createApp(App);
const { client } = installClient(app);
app.use(createPinia()).use(i18n).use(router);
const notices = useNoticesStore();
logUnforeseen(notices, client);
reportErrors(app, notices.showError);
app.mount('#app');
