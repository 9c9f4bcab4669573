/** Why a file was left out, by code. Refusals of single frames while decoding say `errors.files` instead. */
import { sayWith } from './english.ts';

export const refusalTemplates = {
  empty: 'The file is empty.',
  'not-permitted': 'The file may not be read. Check its permissions.',
  'system-error': 'The file could not be read ({systemCode}). Check the disk or the network.',
  gone: 'The file is not there (any more).',
  'not-understood': 'The file could not be understood.',
  'not-dicom': 'The file is not a DICOM file.',
  'nested-archive': 'A zip archive inside what was opened. Open it by itself.',
  'nested-container': 'A file of type {kind}, which holds others. Unpack it, or open it by itself.',
  duplicate: 'The same image as {file}.',
  'not-on-disc': 'The DICOMDIR lists this file, and it is not there. The copy of the disc is incomplete.',

  // The dataset.
  'ends-early': 'The file ends too early: {need} bytes are needed, it has {has}. Copy it again from its source.',
  'element-cut':
    'Element {element} at byte {offset} reaches to byte {need}, and the file has {has}: its length is wrong, or the end of the file is missing.',
  'nothing-after-preamble':
    'The file breaks the rules of DICOM and cannot be read safely: nothing readable follows the preamble.',
  'nested-too-deep':
    'The file breaks the rules of DICOM and cannot be read safely: sequences are nested more than {depth} deep at element {element}, byte {offset}.',
  'element-overruns':
    'The file breaks the rules of DICOM and cannot be read safely: element {element} at byte {offset} claims to be longer than the item that holds it.',
  'not-an-item':
    'The file breaks the rules of DICOM and cannot be read safely: the sequence of element {element} at byte {offset} holds something that is no item.',
  'item-overruns':
    'The file breaks the rules of DICOM and cannot be read safely: an item near element {element} at byte {offset} claims to be longer than the sequence that holds it.',
  'header-too-long': 'The header is longer than {megabytes} MB.',
  'header-bomb': 'The compressed header grows beyond any real image and is not unpacked further.',
  'deflate-damaged': 'The deflated dataset cannot be unpacked: its compressed stream is damaged.',

  // The object.
  'other-object': 'The file holds {object}, not an image.',
  'no-pixels': 'The file holds no pixels.',
  'no-pixels-modality': 'The file holds no pixels (modality {modality}).',
  mosaic: 'A Siemens mosaic: many slices tiled into one picture, of a functional or diffusion series.',
  'frame-count': 'The object says it has {frames} frames and describes {described} of them.',

  // The pixel description.
  'colour-photometric': 'A colour picture ({photometric}), no MR image.',
  'colour-samples': 'A colour picture ({samples} samples per pixel), no MR image.',
  'attribute-missing': 'The image does not say its {keyword}, so its pixels cannot be read.',
  'bits-unsupported': '{bits} bits per pixel are not supported.',
  'no-size': 'The image has {rows} rows and {columns} columns.',
  'too-many-pixels': 'The image claims {columns} × {rows} pixels, more than any MR image has.',
  'bits-contradict': '{stored} bits stored with high bit {highBit} do not fit into {allocated} bits.',
  'bad-frame-number': 'The image says it has {frames} frames.',
  'too-many-frames': 'The object claims {frames} frames; {most} are the most that are read.',
  'compression-unsupported':
    'The pixels are compressed as {syntax}, which is not supported. Ask for an uncompressed export.',
  'pixels-cut': 'The pixel data should have {need} bytes, the file holds {has}. Copy it again from its source.',
  'pixels-without-length': 'Uncompressed pixel data has no length.',
  'pixels-not-in-fragments': 'Compressed pixel data is not divided into fragments.',
  'pixels-too-short': 'The pixel data has {has} bytes; {frames} frame(s) of {columns} × {rows} need {need}.',

  'overlay-in-pixels':
    'An overlay, which may be a name, lies in the pixels and cannot be taken out of them. Ask for an uncompressed export with 16 bits per pixel.',

  // De-identification.
  'picture-not-checked':
    'The picture may show who this is, and nobody has confirmed yet that the pictures of its series were looked at.',

  // Names and archives.
  'name-control-characters': 'The name holds control characters.',
  'name-absolute': 'The name is an absolute path.',
  'link-leads-out': 'A link that leads out of the folder that was opened. Open what it leads to, if you mean it.',
  'too-deep': 'The folder lies more than {most} folders deep. Open it by itself.',
  'too-many-files':
    'More than {most} files; {rest} entries here, and what lies behind them, were not looked at. Open the folder of the study itself.',
  'name-leads-out': 'The name leads out of its folder.',
  'entry-encrypted': 'The entry is encrypted. Unpack the archive with its password and open the folder.',
  'entry-compression': 'The entry uses compression method {method}, which is not supported.',
  'entry-too-large': 'The entry unpacks to more than {megabytes} MB.',
  'entry-bomb': 'The entry unpacks to more than {ratio} times its size, as only a bomb does.',
  'entry-checksum':
    'The content of the entry does not fit its checksum: the archive is damaged. Copy it again from its source.',
  'archive-cut': 'The archive ends before its end mark. What stood behind is missing: copy it again from its source.',
  'entry-damaged': 'The entry is damaged and cannot be unpacked. Copy the archive again from its source.',
} as const;

export const refusalSentence = sayWith(refusalTemplates);

export type RefusalReason = ReturnType<typeof refusalSentence>;
