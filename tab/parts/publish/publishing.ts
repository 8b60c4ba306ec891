import type { Output } from '../../api.ts';

/** How a thread stands in each channel. */
export type Publishing = Output<'get', '/api/questions/:id/publishing'>;
export type Channel = Publishing['channels'][number];
