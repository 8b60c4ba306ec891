import type { Output } from '../api.ts';

/** What comms did about the words of a question, and what they may do. */
export type Curated = Output<'get', '/api/questions/:id/curation'>;
