import { BrowserWindow, screen } from 'electron';
import { START_URL } from '../page/origin.ts';
import { webPreferences } from '../security/security.ts';
import { recallPlace, rememberPlace } from './window-memory.ts';
import { placeWindow, SMALLEST } from './window-place.ts';

export interface WindowOptions {
  preload: string;
  isPackaged: boolean;
  /** File that keeps place and size. */
  placeFile: string;
  icon?: string;
}

const workAreas = () => {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
};

/** The application's one window. Shown when its first frame is drawn, so that nothing flashes white in a dark room. */
export const createWindow = ({ preload, isPackaged, placeFile, icon }: WindowOptions): BrowserWindow => {
  const { maximized, ...bounds } = placeWindow(recallPlace(placeFile), workAreas());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: Math.min(SMALLEST.width, bounds.width),
    minHeight: Math.min(SMALLEST.height, bounds.height),
    show: false,
    backgroundColor: '#0b0e11',
    // A fixed title: no patient's name reaches the task bar or a screen share.
    title: 'haicast',
    ...(icon === undefined ? {} : { icon }),
    webPreferences: webPreferences(preload, isPackaged),
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () =>
    rememberPlace(placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() || window.isFullScreen() }),
  );
  void window.loadURL(START_URL);
  return window;
};
