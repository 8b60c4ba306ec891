/** Someone in the demo. `id` is not `aadObjectId`, as in Teams: code that mixes them up fails here already. */
export type DemoPerson = {
  readonly name: string;
  readonly id: string;
  readonly aadObjectId: string;
  /** Their personal chat with the bot. */
  readonly chat: string;
};

const person = (name: string, digit: number): DemoPerson => {
  const first = name.split(' ', 1)[0]!.toLowerCase();
  return { name, id: `29:${first}`, aadObjectId: `7d0c0de0-0000-4000-8000-0000000000a${digit}`, chat: `a:${first}` };
};

export const noor = person('Noor Haddad', 1);
export const ines = person('Ines Duarte', 2);
export const devi = person('Devi Rao', 3);
export const kofi = person('Kofi Mensah', 4);
export const ana = person('Ana Petrov', 5);
export const omar = person('Omar Said', 6);

/** The Playground wants its current user and exactly five others. */
export const everyone: readonly DemoPerson[] = [noor, ines, devi, kofi, ana, omar];

export const TENANT = '7d0c0de0-0000-4000-8000-000000000001';
export const BOT = { id: '28:forthright', name: 'Forthright' } as const;

/** A team's id is that of its General channel. The Playground allows one channel beside General. */
export type DemoTeam = {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
};

/** The team that Kofi publishes to. */
export const contoso: DemoTeam = {
  id: '19:contoso@thread.tacv2',
  name: 'Contoso',
  aadGroupId: '7d0c0de0-0000-4000-8000-0000000000f1',
  channels: [{ id: '19:askus@thread.tacv2', name: 'Ask us' }],
};

/**
 * A Playground can't be without a team, and three Playgrounds are three worlds: under one id, Contoso would exist three
 * times and a thread would land in whichever was opened last. So the others get a team of their own, which nobody uses.
 */
export const elsewhere = (person: DemoPerson): DemoTeam => ({
  id: `19:elsewhere-${person.id.slice(3)}@thread.tacv2`,
  name: 'Not in this demo',
  aadGroupId: '7d0c0de0-0000-4000-8000-0000000000f2',
  channels: [],
});
