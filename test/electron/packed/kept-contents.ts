/** The package's contents as they are meant to be. A change here is a decision: say why in the commit. */
const platformFolder = (platform: string, arch: string) => `${platform}/${arch}`;

const onnxRuntime: Record<string, string[]> = {
  'linux/x64': ['libonnxruntime.so.1', 'onnxruntime_binding.node'],
  'linux/arm64': ['libonnxruntime.so.1', 'onnxruntime_binding.node'],
  'win32/x64': ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'],
  'darwin/arm64': ['libonnxruntime.1.dylib', 'onnxruntime_binding.node'],
};

export const keptContents = {
  /** What the main process and its workers load beside their own code. */
  packages: [
    '@cornerstonejs/codec-charls',
    // Two weights each, for reports.
    '@expo-google-fonts/noto-sans',
    '@expo-google-fonts/noto-sans-sc',
    // What image archives send comes in parts.
    '@fastify/busboy',
    // Key images are kept as WebP or PNG, and leave as pixels.
    '@jsquash/webp',
    // PDFKit and fontkit, which write reports, and what the two need.
    '@noble/ciphers',
    '@noble/hashes',
    '@swc/helpers',
    'base64-js',
    'better-sqlite3',
    'brotli',
    'clone',
    // An empty one in the place of the library, which dcmjs-codecs asks for and haicast has no use for.
    'dcmjs',
    'dcmjs-codecs',
    'dfa',
    'dicom-parser',
    'fast-deep-equal',
    'fflate',
    'fontkit',
    'iconv-lite',
    // The distributions of the test that decides how far a model is recalibrated.
    'jstat',
    'linebreak',
    'onnxruntime-common',
    'onnxruntime-node',
    // Tables of courses and of the audit log are written and read by the main process.
    'papaparse',
    'pdfkit',
    'png-js',
    'restructure',
    'safer-buffer',
    'tiny-inflate',
    'unicode-properties',
    'unicode-trie',
    // What @jsquash/webp asks before it encodes, which is not done here.
    'wasm-feature-detect',
  ],
  resources: ['resources/app.asar', 'resources/app.asar.unpacked', 'resources/resources'],
  models: ['resources/resources/models/inceptionv4-haic-sim/model.onnx'],
  native: (platform: string, arch: string): string[] => [
    `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    ...(onnxRuntime[platformFolder(platform, arch)] ?? []).map(
      (name) => `app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/${name}`,
    ),
  ],
  /** Runtime 205 MB, ONNX Runtime 46 MB, at most 90 MB of weights, 8 MB of demonstration study, the rest. */
  mostMegabytes: 420,
};
