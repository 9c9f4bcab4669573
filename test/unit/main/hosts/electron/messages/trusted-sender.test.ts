import { describe, expect, it } from 'vitest';
import { isTrustedSender } from '../../../../../../src/main/hosts/electron/messages/trusted-sender.ts';
import { isOwnUrl } from '../../../../../../src/main/hosts/electron/page/origin.ts';
import { isExternalAllowed } from '../../../../../../src/main/hosts/electron/security/external-links.ts';

const event = (url: string, options: { id?: number; main?: boolean; gone?: boolean } = {}) => {
  const frame = { url };
  const { id = 1, main = true, gone = false } = options;
  return { sender: { id, mainFrame: main ? frame : { url } }, senderFrame: gone ? null : frame };
};

describe('isTrustedSender', () => {
  it('hears the main frame of the window on its own page', () => {
    expect(isTrustedSender(event('app://haicast/index.html#/case'), 1)).toBe(true);
  });

  it.each([
    ['another window', event('app://haicast/index.html', { id: 2 })],
    ['a frame inside the page', event('app://haicast/index.html', { main: false })],
    ['a frame that is gone', event('app://haicast/index.html', { gone: true })],
    ['a remote page', event('https://example.org/')],
    ['a file', event('file:///index.html')],
    ['another host of the scheme', event('app://elsewhere/index.html')],
  ])('refuses %s', (_name, sender) => {
    expect(isTrustedSender(sender, 1)).toBe(false);
  });

  it('refuses everybody while there is no window', () => {
    expect(isTrustedSender(event('app://haicast/index.html'), undefined)).toBe(false);
  });
});

it.each([
  'app://haicast.example.org/',
  'app://user@haicast/',
  'apps://haicast/',
  'haicast',
  '',
  'data:text/html,app://haicast/',
])('%s is not the page’s own', (url) => {
  expect(isOwnUrl(url)).toBe(false);
});

it.each([
  ['https://doi.org/10.1002/hep.29086', true],
  ['https://pubmed.ncbi.nlm.nih.gov/1/', true],
  ['http://doi.org/', false],
  ['https://doi.org:8443/', false],
  ['https://user:secret@doi.org/', false],
  ['https://doi.org.example.org/', false],
  ['file:///etc/hostname', false],
  ['not a url', false],
])('handing over %s: %s', (url, allowed) => {
  expect(isExternalAllowed(url)).toBe(allowed);
});
