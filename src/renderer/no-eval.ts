/** Imported before anything else: schemas may be compiled by `eval`, which the content security policy forbids. */
import { z } from 'zod';

z.config({ jitless: true });
