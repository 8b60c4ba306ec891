import type { Output } from '../../api.ts';

/** The Slots of some days, by channel, and what is planned in them. */
export type Plan = Output<'get', '/api/slots'>;
export type PlanChannel = Plan['channels'][number];
