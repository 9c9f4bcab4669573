/** The process that writes reports: fonts and the writer of PDF hold a thread for seconds, and it is not the host's. */
import type { Place } from '#shared/report/fit-sheet.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import { type MethodContext, serveWorker } from '../workers/server.ts';
import { makeReportHtml } from './html/report-html.ts';
import { asPng, type ReportPicture } from './pdf/pictures.ts';
import { makeReportPdf, placesOnPaper } from './pdf/report-pdf.ts';
import { pictureUnreadable } from './picture-unreadable.ts';
import type { PrintRequest } from './press.ts';

/** As the writer of PDF takes them. Throws `picture-unreadable`. */
const readable = async (
  pictures: PrintRequest['pictures'],
  { signal, progress }: MethodContext,
): Promise<Map<string, ReportPicture>> => {
  const ready = new Map<string, ReportPicture>();
  for (const [id, picture] of pictures) {
    // A cancel is heard between two pictures.
    await new Promise(setImmediate);
    signal.throwIfAborted();
    const bytes = await asPng(picture).catch((error: unknown) => Promise.reject(pictureUnreadable(error)));
    ready.set(id, { mediaType: 'image/png', bytes });
    progress('report', ready.size, pictures.length + 1);
  }
  return ready;
};

serveWorker({
  places: ({ content }: { content: ReportContent }): Place[] => placesOnPaper(content),
  print: async ({ content, pictures, format, appendix }: PrintRequest, context: MethodContext): Promise<Buffer> => {
    const ready = await readable(pictures, context);
    return format === 'pdf'
      ? makeReportPdf(content, { pictures: ready, appendix })
      : makeReportHtml(content, { pictures: new Map(pictures), appendix, places: placesOnPaper(content) });
  },
});
