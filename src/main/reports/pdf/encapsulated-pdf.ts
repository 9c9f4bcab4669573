/** The report of a case as Encapsulated PDF (PS3.3 A.45.1). Pure. */
import { type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import type { ReportedCase } from '../reported-case.ts';

export const encapsulatedPdf = (reported: ReportedCase, pdf: Uint8Array): MadeObject =>
  makeObject(reported, {
    sopClass: sopClasses.encapsulatedPdf,
    series: { kind: 'pdf', modality: 'DOC', number: 9104, description: 'haicast report' },
    instance: 1,
    hasPrivateCodes: false,
    content: {
      ConversionType: 'WSD',
      AcquisitionDateTime: '',
      // The page names the patient.
      BurnedInAnnotation: 'YES',
      RecognizableVisualFeatures: 'NO',
      DocumentTitle: 'Report of a case. Research use only.',
      ConceptNameCodeSequence: [],
      MIMETypeOfEncapsulatedDocument: 'application/pdf',
      EncapsulatedDocument: pdf,
      EncapsulatedDocumentLength: pdf.length,
    },
  });
