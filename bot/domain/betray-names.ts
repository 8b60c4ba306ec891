import { allOf } from './betray-marks.ts';
import type { Found, Writer } from './betray-found.ts';
import { findOwnName, partsOfName } from './betray-own.ts';

/** Signatures, introductions, and the writer's own name. */
export function findNames(text: string, writer: Writer): Found[] {
  const others = new Set(writer.leaders.flatMap(partsOfName).map((part) => part.toLowerCase()));
  for (const part of partsOfName(writer.name)) others.delete(part.toLowerCase());
  const isWriter = (name: string) => isName(name) && !name.split(SPACE).every((one) => others.has(one.toLowerCase()));
  return [
    ...findClosings(text, isWriter),
    ...findDashed(text, isWriter),
    ...allOf(text, INITIALED, 'signature').filter(({ words }) => !NUMBERED.test(words) && isWriter(words)),
    ...INTRODUCED.flatMap((pattern) => introduced(text, pattern, isWriter)),
    ...findOwnName(text, writer),
  ];
}

type IsName = (name: string) => boolean;
const SPACE = /\s+/u;

const CAPITALIZED = /^\p{Lu}[\p{L}\p{M}’'-]{1,24}$/u;
const INITIAL = /^(?:\p{Lu}\.?|\p{Lu}\.-?\p{Lu}\.?)$/u;
const PARTICLE = /^(?:van|von|vom|zu|de|der|den|del|da|di|du|dos|la|le|el|al|bin|ten|ter)$/u;
/** Words that begin with a capital, stand where a name could, and are none. */
const NO_NAMES = new Set(
  `everyone everybody all team teams folks guys colleagues colleague management leadership board ceo cfo coo hr boss
  anonymous anonym anonymus nobody somebody someone anyone employee employees mitarbeiter mitarbeiterin mitarbeitende
  kollege kollegin kollegen kolleginnen frau herr herrn mr mrs ms sir madam vorstand geschäftsführung geschäftsleitung
  chef chefin leute alle allen so much again advance voraus schön sehr dank danke thanks thank you your yours us we they
  the a an this that these those it my our i ich wir sie ihr ihnen du euch es er der die das dies ein eine mein unser
  why what how when who where which is are am do does did will would can could should shall may have has had was were
  and but or if so as for not no yes please because also only in on at to from with of by
  warum wieso weshalb wann wie was wer wo welche welcher wird werden kann können soll sollen ist sind hat haben
  und aber oder wenn weil bitte auch nur nicht nein ja im am zu von mit für bei als gott stand mitte anfang ende
  monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
  german french english british american european swiss austrian dutch italian spanish polish turkish greek indian
  chinese japanese irish scottish muslim jewish catholic christian german-speaking concerned proud sorry glad happy
  people things regards wishes grüße gruß mutter vater willkommen`.split(SPACE),
);

function isName(text: string): boolean {
  const words = text.split(SPACE);
  if (words.length > 4 || words.some((word) => !PARTICLE.test(word) && NO_NAMES.has(word.toLowerCase()))) return false;
  const [first = '', ...rest] = words;
  const begins = CAPITALIZED.test(first) || INITIAL.test(first);
  return begins && rest.every((word) => CAPITALIZED.test(word) || INITIAL.test(word) || PARTICLE.test(word));
}

const STRONG = String.raw`(?:(?:with |my |our )?(?:kind(?:est)?|best|warm(?:est)?|many|with)? ?regards|rgds|greetings|best wishes|all the best|(?:yours )?(?:sincerely|truly|faithfully|respectfully)(?: yours)?|(?:(?:mit )?(?:den )?(?:freundliche[nm]?|viele[n]?|liebe[n]?|beste[n]?|herzliche[n]?|schöne[n]?|sonnige[n]?|kollegiale[n]?)? ?)?(?:gr(?:ü|ue)(?:ß|ss)(?:e|en|li)?|gru(?:ß|ss))|lg|vg|mfg|hochachtungsvoll|gez\.|gezeichnet)`;
const WEAK = String.raw`(?:best|cheers|br|kr|warmly|thx|ty|thanks|many thanks|thanks a lot|thanks in advance|thank you|thank you very much|yours|signed|take care|danke|danke schön|vielen dank|vielen dank im voraus|danke im voraus|besten dank|herzlichen dank|merci|ciao)`;
const BEGINS = String.raw`(?<=^[ \t]{0,8}|[.!?…)]\s{1,8})`;
const CLOSINGS: { pattern: RegExp; isStrong: boolean }[] = [
  { pattern: new RegExp(String.raw`${BEGINS}(${STRONG}[\s,.!:;–—-]{1,4})([^\n]{1,60})$`, 'gimu'), isStrong: true },
  {
    pattern: new RegExp(String.raw`${BEGINS}(${WEAK}[ \t]?[,.!:–—\n-][\s,.!:–—-]{0,4})([^\n]{1,60})$`, 'gimu'),
    isStrong: false,
  },
];

/** "Best regards, Noor", "LG Noor", "Viele Grüße aus der Buchhaltung". */
function findClosings(text: string, isWriter: IsName): Found[] {
  return CLOSINGS.flatMap(({ pattern, isStrong }) =>
    [...text.matchAll(pattern)].flatMap(({ index, 1: closing = '', 2: rest = '' }): Found[] => {
      const alone = closing.includes('\n') ? (rest.split(ROLE)[0] ?? '') : rest;
      const name = isStrong ? signed(rest, isWriter) : unmarked(alone);
      if (name === undefined || !(isStrong || isWriter(name))) return [];
      return [{ kind: 'signature', at: index, words: closing + name }];
    }),
  );
}

const unmarked = (text: string): string => text.replace(/[^\p{L}\p{N}.]+$/u, '').replace(/(?<!\p{Lu})\.+$/u, '');

/** After words that only ever close a letter, a name may be small, or followed by a role, or be a place. */
function signed(rest: string, isWriter: IsName): string | undefined {
  const from = /^(?:aus|from|vom|von) .{2,40}$/iu.exec(rest)?.[0];
  if (from !== undefined) return unmarked(from);
  const first = unmarked(
    rest
      .replace(/^(?:ihre?|eure?|euer|deine?|yours?)[ ,]+(?:colleague |kolleg(?:e|in) |mitarbeiter(?:in)? )?/iu, '')
      .split(ROLE)[0] ?? '',
  );
  const name = rest.slice(0, rest.indexOf(first) + first.length);
  if (isWriter(first)) return name;
  return /^\p{Ll}{2,20}$/u.test(first) && isWriter(first.charAt(0).toUpperCase() + first.slice(1)) ? name : undefined;
}
const ROLE = /\s*[,(|/–—]|\s+(?:and|und|&|\+)\s+|\s+-\s/u;

const DASHED = /(?:\n|(?<=[.!?…)"”]) +)[ \t]*(?:—|–|--|-|~) ?([^\n]{1,40})$/u;
const BULLET = /^[ \t]*[-–—~•*] ?\S/gmu;

/** "— Noor" at the very end, where the dash does not begin the last line of a list. */
function findDashed(text: string, isWriter: IsName): Found[] {
  const match = DASHED.exec(text);
  if (match === null || !isWriter(match[1]?.trimEnd() ?? '')) return [];
  if ((text.match(BULLET) ?? []).length > 1) return [];
  const words = match[0].trim();
  return [{ kind: 'signature', at: text.length - words.length, words }];
}

/** "Noor H.", "N. Q." on the last line, or after the last sentence. */
const INITIALED = /(?<=[.!?…]\s{1,8}|\n[ \t]{0,8})(?:\p{Lu}[\p{L}’'-]{1,24} \p{Lu}\.?|\p{Lu}\. ?\p{Lu}\.)$/gu;
const NUMBERED =
  /^(?:plan|option|phase|part|team|group|gruppe|building|gebäude|block|class|klasse|level|schedule|appendix|anhang|annex|section|vitamin|variant|variante|version|series|serie|type|typ|hall|halle|line|linie|grade|tier|work) /iu;

const NAME = String.raw`(\p{Lu}[\p{L}’'-]{1,24}(?: \p{Lu}[\p{L}’'-]{1,24}){0,2})`;
const HELLO = String.raw`(?<=^(?:(?:[Hh]i|[Hh]ello|[Hh]ey|[Hh]allo|[Dd]ear|[Ll]iebe[rs]?|[Mm]oin|[Gg]uten (?:[Tt]ag|[Mm]orgen)|[Gg]ood (?:morning|afternoon))[^\n.!?]{0,40}[,.!–-]?\s{1,8})?)`;
const INTRODUCED = [
  // Not the numeral of "Phase I, Lyon, will …".
  String.raw`(?<!\p{L}|\p{Lu}\p{Ll}{1,20} )I, ${NAME}(?=,| \()`,
  String.raw`(?<!\p{L})[Ii]ch, ${NAME}(?=,| \()`,
  String.raw`(?<!\p{L})(?:[Mm]y name is|[Mm]y name['’]s|[Ii] am called|I['’]m called|I go by|[Mm]ein [Nn]ame ist|[Mm]ein [Nn]ame lautet|[Mm]an nennt mich)[ :]+${NAME}`,
  String.raw`(?<!\p{L}|n['’]t )[Cc]all me ${NAME}`,
  String.raw`(?<!\p{L})[Ii]ch hei(?:ß|ss)e ${NAME}(?! (?:willkommen|gut))(?!\p{L}| \p{Ll}+ willkommen)`,
  String.raw`(?<!\p{L})[Hh]ier (?:schreibt|spricht)(?: [Ii]hnen| euch| dir)? ${NAME}`,
  String.raw`${HELLO}(?:I am|I['’]m) ${NAME}(?=,| (?:from|in|at|and I)(?!\p{L}))`,
  String.raw`${HELLO}[Tt]his is ${NAME}(?= (?:from|here|speaking)(?!\p{L}))`,
  String.raw`${HELLO}[Ii]ch bin (?:der |die )?${NAME}(?= (?:aus|vom)(?!\p{L}))`,
  String.raw`(?<!\p{L})(?:[Ii]ch bin['’]s|[Ii]t['’]s me), ${NAME}`,
  String.raw`${HELLO}${NAME} (?:here|hier)(?=[.:!–]|,? (?:from|aus|vom|von)(?!\p{L}))`,
  String.raw`${HELLO}${NAME} (?:from|aus|vom|von) [^\n,.:!?]{2,30} (?:here|hier)(?=[,.:!–])`,
].map((source) => new RegExp(source, 'gu'));

const introduced = (text: string, pattern: RegExp, isWriter: IsName): Found[] =>
  [...text.matchAll(pattern)]
    .filter((match) => isWriter(match[1] ?? ''))
    .map((match) => ({ kind: 'name', at: match.index, words: match[0] }));
