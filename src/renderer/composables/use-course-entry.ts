import { i18n } from '../locales/index.ts';
import { type CourseChange, useCourseStore } from '../stores/course.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** What is entered in a table of the course: kept at once, and entered once more on request where that could not be. */
export const useCourseEntry = () => {
  const store = useCourseStore();
  const notices = useNoticesStore();
  const tell = (error: unknown): void =>
    notices.showError(error, { label: () => i18n.global.t('course.again'), run: () => void store.again().catch(tell) });
  return { enter: (changes: CourseChange[]): Promise<void> => store.enter(changes).catch(tell) };
};
