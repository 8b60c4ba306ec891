import { CHANNEL, SECOND_CHANNEL, TEAM, TENANT, crowd, everyone, guests } from './cast.ts';
import type { Person } from './cast.ts';
import { rootOf } from './teams-state.ts';
import type { Conversations, Sent } from './teams-state.ts';

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

type Call = { teams: Conversations; ids: string[]; body: unknown };
type Route = [method: string, path: RegExp, answer: (call: Call) => Answer];
type Creation = {
  members?: { id?: string }[];
  tenantId?: string;
  channelData?: { channel?: { id?: string }; tenant?: { id?: string } };
  activity?: Sent;
};

export const failure = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

function create({ teams, body }: Call): Answer {
  const { members = [], channelData, tenantId, activity } = body as Creation;
  const channel = channelData?.channel?.id;
  if (channel && activity) {
    const post = teams.post(channel, activity);
    return { status: 201, body: { id: post.conversationId, activityId: post.id } };
  }
  const member = members[0]?.id;
  if (channel || !member || members.length > 1) {
    return failure(400, 'BadSyntax', 'Incorrect conversation creation parameters');
  }
  // Teams knows the tenant of a new chat from nothing else (MicrosoftDocs/bot-docs issue 1105).
  if (!tenantId && !channelData?.tenant?.id) return failure(400, 'BadSyntax', 'Could not parse tenant id');
  const id = teams.chatOf(member);
  return { status: 201, body: activity ? { id, activityId: teams.post(id, activity).id } : { id } };
}

function send({ teams, ids: [conversation = '', replyTo], body }: Call): Answer {
  return { status: 201, body: { id: teams.post(conversation, body as Sent, replyTo).id } };
}

const unknownActivity = failure(
  404,
  'ActivityNotFoundInConversation',
  'The activity was not found in the conversation',
);

function update({ teams, ids: [conversation = '', id = ''], body }: Call): Answer {
  return teams.update(conversation, id, body as Sent) ? { status: 200, body: { id } } : unknownActivity;
}

function remove({ teams, ids: [conversation = '', id = ''] }: Call): Answer {
  return teams.remove(conversation, id) ? { status: 200 } : unknownActivity;
}

/** Microsoft Entra names an account of another organisation after its address there. */
const signInName = (person: Person) =>
  guests.includes(person) ? `${person.email.replace('@', '_')}#EXT#@fabrikam.onmicrosoft.example` : person.email;

const account = (person: Person) => ({
  id: person.id,
  name: person.name,
  aadObjectId: person.aadObjectId,
  objectId: person.aadObjectId,
  email: person.email,
  userPrincipalName: signInName(person),
  tenantId: TENANT.id,
  userRole: 'user',
});

function accounts(conversationId = '') {
  const inChannel = rootOf(conversationId).startsWith('19:');
  return [...everyone, ...guests, ...crowd]
    .filter((one) => inChannel || one.conversationId === conversationId)
    .map(account);
}

function member({ ids: [conversation, id] }: Call): Answer {
  const found = accounts(conversation).find((one) => one.id === id || one.aadObjectId === id);
  return found
    ? { status: 200, body: found }
    : failure(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation');
}

// Teams leaves out the General channel's name, so that each client shows it in its own language.
const channels = () => [{ id: CHANNEL.id }, { ...SECOND_CHANNEL }];

const ID = '([^/]+)';
const route = (method: string, path: string, answer: Route[2]): Route => [method, new RegExp(`^${path}/?$`), answer];
const routes: Route[] = [
  route('POST', '/v3/conversations', create),
  route('POST', `/v3/conversations/${ID}/activities`, send),
  route('POST', `/v3/conversations/${ID}/activities/${ID}`, send),
  route('PUT', `/v3/conversations/${ID}/activities/${ID}`, update),
  route('DELETE', `/v3/conversations/${ID}/activities/${ID}`, remove),
  route('GET', `/v3/conversations/${ID}/members`, ({ ids }) => ({ status: 200, body: accounts(ids[0]) })),
  route('GET', `/v3/conversations/${ID}/pagedmembers`, ({ ids }) => ({
    status: 200,
    body: { members: accounts(ids[0]) },
  })),
  route('GET', `/v3/conversations/${ID}/members/${ID}`, member),
  route('GET', `/v3/teams/${ID}`, () => ({ status: 200, body: { ...TEAM } })),
  route('GET', `/v3/teams/${ID}/conversations`, () => ({ status: 200, body: { conversations: channels() } })),
];

/** What Teams does with a request and answers to it. `path` is as on the wire: ids are still encoded. */
export function answer(teams: Conversations, method: string, path: string, body: unknown): Answer {
  for (const [expected, pattern, answer] of routes) {
    const found = method === expected && pattern.exec(path);
    if (found) return answer({ teams, ids: found.slice(1).map(decodeURIComponent), body });
  }
  return failure(404, 'NotFound', `The stand-in for Teams has no ${method} ${path}`);
}
