/** What leaves: the DICOM files of a folder, each known by its own header. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskPace, diskFile } from '../../study/archive/disk-file.ts';
import { firstText } from '../../study/scan/pixel-description.ts';
import { readSourceHeader } from '../../study/scan/read-file.ts';
import type { Outgoing } from '../archive.ts';

const outgoing = (file: string): Promise<Outgoing> =>
  diskFile(file, 'outgoing', new DiskPace()).open(async (source) => {
    const { attributes, syntax } = await readSourceHeader(source);
    return {
      sopClassUID: firstText(attributes.SOPClassUID) ?? '',
      sopInstanceUID: firstText(attributes.SOPInstanceUID) ?? '',
      transferSyntaxUID: syntax.uid,
      file,
    };
  });

/** In the order of their names. */
export const outgoingIn = async (folder: string): Promise<Outgoing[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.dcm')).sort();
  return await Promise.all(names.map((name) => outgoing(join(folder, name))));
};
