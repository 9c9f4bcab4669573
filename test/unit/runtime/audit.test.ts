import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/install.mjs';
import { AUDIT, readAudit } from '../../runtime/suites/audit.ts';

/** What a registry says of a package: here, what is installed of it. */
const packument = (path: string) => {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', path, 'package.json'), 'utf8'));
  return { name: manifest.name, versions: { [manifest.version]: manifest } };
};

describe('the audit of packages', () => {
  it('fails for what is high or critical, tells of the rest, and counts a weakness once', () => {
    const vulnerabilities = {
      a: { severity: 'high', via: [{ title: 'Escapes', url: 'https://example.org/1' }, 'b'] },
      b: { severity: 'moderate', via: [{ title: 'Slow', url: 'https://example.org/2' }] },
      c: { severity: 'critical', via: ['a'] },
    };
    expect(readAudit(JSON.stringify({ auditReportVersion: 2, vulnerabilities }))).toEqual({
      weaknesses: [
        { fails: true, text: 'a: high: Escapes https://example.org/1' },
        { fails: false, text: 'b: moderate: Slow https://example.org/2' },
      ],
    });
    expect(readAudit(JSON.stringify({ vulnerabilities: {} }))).toEqual({ weaknesses: [] });
  });

  it('asks about what is packed, what the page bundles and what builds it, whatever NODE_ENV says', async () => {
    const asked: Record<string, string[]> = {};
    const registry = createServer(async (request, response) => {
      const body = await buffer(request);
      const isBulk = request.url?.endsWith('/advisories/bulk');
      if (isBulk) Object.assign(asked, JSON.parse(String(gunzipSync(body))));
      const advisory = {
        id: 1,
        url: 'https://example.org/1',
        title: 'Escapes',
        severity: 'high',
        vulnerable_versions: '*',
      };
      response.end(JSON.stringify(isBulk ? { vue: [advisory] } : packument(decodeURIComponent(request.url ?? ''))));
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const { port } = registry.address() as AddressInfo;
    const env = { ...process.env, NODE_ENV: 'production', npm_config_registry: `http://127.0.0.1:${port}/` };
    const output = await new Promise<string>((resolve) => {
      const shell = process.platform === 'win32';
      execFile('npm', AUDIT, { cwd: root, env, shell, maxBuffer: 1e8 }, (_, stdout) => resolve(stdout));
    });
    registry.close();
    expect(Object.keys(asked)).toEqual(
      expect.arrayContaining(['onnxruntime-node', 'vue', '@cornerstonejs/core', 'electron', 'vite']),
    );
    expect(readAudit(output)).toEqual({
      weaknesses: expect.arrayContaining([{ fails: true, text: 'vue: high: Escapes https://example.org/1' }]),
    });
  });

  it.each([
    [
      '{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":"","detail":""}}',
      /answers no question.*\(405\)/,
    ],
    ['{"error":{"code":"ENOTFOUND","summary":"offline"}}', /answers no question.*\(ENOTFOUND\)/],
    ['', /no readable answer/],
  ])('says that it could not be asked: %s', (output, reason) => {
    expect(readAudit(output)).toEqual({ reason: expect.stringMatching(reason) });
  });
});
