/**
 * Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), set in one place.
 * `test/electron/security.spec.ts` has a test named after each point.
 */
import {
  type App,
  type BrowserWindowConstructorOptions,
  type HandlerDetails,
  type Session,
  shell,
  type WebContents,
  type WebPreferences,
} from 'electron';
import { SECOND_WINDOW } from '#shared/second-window.ts';
import { isOwnUrl, parseUrl } from '../page/origin.ts';
import { isExternalAllowed } from './external-links.ts';

/** Switches that must be set before `ready`. */
export const hardenProcess = (app: App): void => {
  // As root Chromium cannot make its sandbox and `--no-sandbox` must reach its children; tests in containers need that.
  // Each window asks for the sandbox itself as well.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // The page's side of Chromium has no business on any network: no name resolves. Node's own sockets are not affected.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('no-pings');
  app.on('web-contents-created', (_event, contents) => confine(contents));
  // A page that shows a client certificate chooser or a login prompt cannot exist here.
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
};

export const webPreferences = (preload: string, isPackaged: boolean): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The spell checker would download dictionaries.
  spellcheck: false,
  devTools: !isPackaged,
  // Images keep loading while the window is behind another one.
  backgroundThrottling: false,
});

/** The page's images on another screen: empty, drawn into by the page that opened it, and closed with it. */
const isSecondWindow = (opener: WebContents, { url, frameName }: HandlerDetails): boolean =>
  url === 'about:blank' && frameName === SECOND_WINDOW && isOwnUrl(opener.getURL());

const secondWindowOptions: BrowserWindowConstructorOptions = {
  backgroundColor: '#0b0e11',
  title: 'haicast',
  autoHideMenuBar: true,
};

/** No navigation away, no new window but that of the images, no webview, for any web contents, whoever created it. */
const confine = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler((details) => {
    if (isSecondWindow(contents, details))
      return { action: 'allow', overrideBrowserWindowOptions: secondWindowOptions };
    if (isExternalAllowed(details.url)) void shell.openExternal(details.url);
    return { action: 'deny' };
  });
  contents.on('did-create-window', (second) => {
    second.on('page-title-updated', (event) => event.preventDefault());
    contents.once('destroyed', () => {
      if (!second.isDestroyed()) second.destroy();
    });
  });
};

const PAGE_MADE_SCHEMES = ['blob:', 'data:'];

/** Whether the page's session may load a URL at all: what came with the application, and nothing else. */
export const isRequestAllowed = (url: string, isPackaged: boolean): boolean => {
  const scheme = parseUrl(url)?.protocol ?? '';
  if (scheme === 'app:') return isOwnUrl(url);
  if (scheme === 'devtools:') return !isPackaged;
  return PAGE_MADE_SCHEMES.includes(scheme);
};

/** Permissions, devices and requests of the session: everything is denied that the page does not need. */
export const confineSession = (session: Session, isPackaged: boolean): void => {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(permission === 'fullscreen'));
  session.setPermissionCheckHandler((_contents, permission) => permission === 'fullscreen');
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !isRequestAllowed(details.url, isPackaged) }),
  );
};
