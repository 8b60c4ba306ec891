import { z } from 'zod';

const Text = z.string().max(1000);

/** The few fields of an incoming activity that the bot reads; everything else is left where it came from. */
const Incoming = z.object({
  type: Text,
  /** Which kind of client; a signing key of the Bot Framework vouches for some of them alone. */
  channelId: Text.optional(),
  name: Text.optional(),
  action: Text.optional(),
  text: z.string().optional(),
  locale: Text.optional().catch(undefined),
  entities: z
    .array(z.object({ type: Text.optional(), locale: Text.optional() }))
    .optional()
    .catch(undefined),
  serviceUrl: Text,
  from: z.object({ id: Text, name: Text.optional(), aadObjectId: Text.optional() }),
  recipient: z.object({ id: Text }).optional(),
  conversation: z.object({ id: Text, conversationType: Text.optional(), tenantId: Text.optional() }),
  channelData: z
    .object({
      tenant: z.object({ id: Text }).optional(),
      eventType: Text.optional(),
      team: z.object({ id: Text, name: Text.optional(), aadGroupId: Text.optional() }).optional(),
      channel: z.object({ id: Text, name: Text.optional() }).optional(),
    })
    .optional(),
  membersAdded: z.array(z.object({ id: Text })).optional(),
  value: z.unknown().optional(),
});
export type Incoming = z.infer<typeof Incoming>;

/** Reads an activity; nothing where it has not the shape of one. */
export const readActivity = (body: unknown): Incoming | undefined => Incoming.safeParse(body).data;

/** The language of the client, such as `de-DE`: Teams says it in one of two places, or in both. */
export const localeOf = ({ locale, entities }: Incoming): string | undefined =>
  locale ?? entities?.find(({ type }) => type === 'clientInfo')?.locale;

export const tenantOf = ({ conversation, channelData }: Incoming): string =>
  (conversation.tenantId ?? channelData?.tenant?.id ?? '').toLowerCase();

/** The Microsoft Entra object id, which is the same in every chat; the channel's own id where there is none. */
export const personOf = ({ from }: Incoming): string => (from.aadObjectId ?? from.id).toLowerCase();

/** Tells whether it was the bot that was added. */
export const isAdded = ({ membersAdded, recipient }: Incoming): boolean =>
  membersAdded?.some(({ id }) => id === recipient?.id) === true;

export const isPersonal = ({ conversation }: Incoming): boolean => conversation.conversationType === 'personal';

const Fields = z.record(z.string(), z.unknown());
const Execute = z.object({ action: z.object({ verb: z.string(), data: Fields.optional() }) });
const Dialog = z.object({ data: Fields.and(z.object({ verb: z.string() })) });

export interface Pressed {
  verb: string;
  fields: Record<string, unknown>;
  by: 'execute' | 'fetch' | 'submit';
}

/** The button that was pressed: one shape for all three ways in which Teams tells it. */
export function readPressed({ name, value }: Incoming): Pressed | undefined {
  if (name === 'adaptiveCard/action') {
    const action = Execute.safeParse(value).data?.action;
    return action && { verb: action.verb, fields: action.data ?? {}, by: 'execute' };
  }
  if (name !== 'task/fetch' && name !== 'task/submit') return undefined;
  const data = Dialog.safeParse(value).data?.data;
  return data && { verb: data.verb, fields: data, by: name === 'task/fetch' ? 'fetch' : 'submit' };
}
