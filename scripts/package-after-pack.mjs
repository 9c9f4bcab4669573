/** electron-builder's hook: writes down, beside the application, what is in it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { componentsOf } from './package-components.mjs';
import { billOfMaterials, licencesText } from './package-notices.mjs';

/** Where an application keeps its resources; within its bundle on macOS. */
const resourcesIn = (appOutDir, platform, productName) =>
  platform === 'darwin' ? join(appOutDir, `${productName}.app`, 'Contents', 'Resources') : join(appOutDir, 'resources');

export default async ({ appOutDir, electronPlatformName, packager }) => {
  const { productFilename, version } = packager.appInfo;
  const resources = resourcesIn(appOutDir, electronPlatformName, productFilename);
  const archivePaths = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const components = componentsOf({ archivePaths, electronVersion: packager.info.framework.version });
  const ours = join(resources, 'resources');
  await writeFile(join(ours, 'licences.txt'), `${licencesText(components)}\n`);
  await writeFile(join(ours, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(components, version), null, 2)}\n`);
};
