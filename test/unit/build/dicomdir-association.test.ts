import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const text = (path: string) => readFileSync(resolve(import.meta.dirname, '../../..', path), 'utf8');
const builder = text('electron-builder.yml');

describe('a DICOMDIR, which has no extension, is offered to haicast', () => {
  it('on Linux by a type of its own, which the package brings and the desktop entry names', () => {
    expect(text('build/haicast-mime.xml')).toMatch(/type="application\/x-dicomdir"[\s\S]*glob pattern="DICOMDIR"/);
    expect(builder).toContain('build/haicast-mime.xml=/usr/share/mime/packages/haicast.xml');
    expect(builder).toMatch(/mimeTypes: \[application\/x-dicomdir, inode\/directory\]/);
  });

  it('on Windows by its name, for the user or the machine as installed, and taken back on removal', () => {
    const installer = text('build/installer.nsh');
    expect(builder).toContain('include: build/installer.nsh');
    expect(installer).toContain(`"AppliesTo" 'System.FileName:="DICOMDIR"'`);
    expect(installer).toContain(String.raw`shell\haicast\command" "" '"$INSTDIR\haicast.exe" "%1"'`);
    const written = new Set(installer.match(/(?<=WriteRegStr SHELL_CONTEXT ")[^"]*shell\\haicast/g));
    const removed = new Set(installer.match(/(?<=DeleteRegKey SHELL_CONTEXT ")[^"]*/g));
    expect(removed).toEqual(written);
  });

  it('on macOS by its content type', () => {
    expect(builder).toMatch(/LSItemContentTypes: \[public\.folder, org\.nema\.dicom, public\.data\]/);
  });
});
