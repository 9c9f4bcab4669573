/**
 * A worker handles what others made: of the environment it gets what a process and a graphics driver need to run, and
 * nothing else, a passphrase least of all.
 */
const KEPT = `
  PATH HOME USERPROFILE LOCALAPPDATA TMPDIR TEMP TMP LANG LC_ALL TZ SystemRoot windir
  LD_LIBRARY_PATH CUDA_VISIBLE_DEVICES NVIDIA_VISIBLE_DEVICES NVIDIA_DRIVER_CAPABILITIES
  VK_ICD_FILENAMES VK_DRIVER_FILES VK_ADD_DRIVER_FILES XDG_CONFIG_DIRS XDG_CONFIG_HOME XDG_DATA_DIRS XDG_DATA_HOME
`
  .trim()
  .split(/\s+/);

export const workerEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
