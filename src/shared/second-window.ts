/** Name of the one window that the page may open: its images, on another screen. A host lets no other be opened. */
export const SECOND_WINDOW = 'haicast-images';
