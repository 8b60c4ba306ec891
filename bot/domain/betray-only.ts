import { allOf } from './betray-marks.ts';
import type { Found } from './betray-found.ts';

/** "As the only … in …", "als Einzige … im …": words that fit one person, whatever they say. */
export function findOnly(text: string): Found[] {
  return [ENGLISH, GERMAN].flatMap((pattern) => allOf(text, pattern, 'only')).filter((one) => isAboutWriter(text, one));
}

const W = String.raw`[\p{L}\p{N}’'&/-]{1,40}`;
/** What follows the place belongs to the rest of the sentence. */
const PLACE = String.raw`(?: (?!(?:I|we|ich|wir)(?!\p{L}))${W}){1,3}`;
const ENGLISH = new RegExp(
  String.raw`(?<!\p{L})(?:(?:as|being|I am|I['’]m|I was|I have been|I['’]ve been) (?:the (?:(?:one and )?only|sole)|(?:the )?one of (?:the |our )?(?:only )?(?:two|three|four|few)) (?:${W} ){1,5}?(?:(?:in|at|on|from|of|within|with|without|over|under|who)${PLACE}|here(?!\p{L}))|we are (?:only|just) (?:two|three|four) (?:people )?(?:in|at|on)${PLACE})`,
  'giu',
);
const GERMAN = new RegExp(
  String.raw`(?<!\p{L})(?:(?:als|ich bin|ich war|(?:weil|da|dass|obwohl) ich) (?:die |der )?(?:einzige[rsn]?|alleinige[rn]?|einer? (?:der|von|unter)(?: den)? (?:wenigen|zwei|drei|vier|beiden)) (?:${W} ){0,4}?(?:(?:in|im|bei|beim|am|an|auf|aus|von|vom|der|des|unter|mit|ohne|über)${PLACE}|hier(?!\p{L}))|wir sind (?:nur )?zu (?:zweit|dritt|viert) (?:in|im|bei|am|an|auf)${PLACE})`,
  'giu',
);

/** What a question calls the only one when it is about a matter and not about its writer. */
const THINGS = new RegExp(
  String.raw`(?<!\p{L})(?:option|way|goal|aim|solution|measure|reason|choice|company|companies|countries|language|incentive|rule|topic|channel|firm|bank|business|businesses|organi[sz]ation|provider|vendor|supplier|employer|country|market|metric|kpi|criterion|criteria|factor|thing|argument|answer|priority|tool|product|brand|means|path|alternative|driver|indicator|value|lösung|möglichkeit|weg|ausweg|ziel|maßnahme|massnahme|grund|kriterium|unternehmen|firma|firmen|konzern|anbieter|arbeitgeber|land|kennzahl|faktor|antwort|mittel|standort|marke|produkt|priorität|wert|branche|sprache|anreiz|regel|thema|kanal)(?:s|e|en|n|es)?(?!\p{L})`,
  'iu',
);
/** "We see growth as the only …": what follows describes growth, unless it is a person. */
const DESCRIBES =
  /(?<!\p{L})(?:see|sees|seen|treat|regard|view|present|sell|consider|describe|count|use|gilt|gelten|sehen|sieht|betrachte|nenn|verkauf|nutz)\p{L}*(?: [^\s,.!?;]{1,40}){1,8} $/iu;
const PEOPLE =
  /(?:woman|man|person|one|female|male|mother|father|parent|employee|colleague|frau|mann|\p{L}in)(?!\p{L})/iu;
const NEUTER = /^als (?:das )?einziges (?!mitglied|team)/iu;
/** "I am the only one who thinks …" is said by many. */
const OPINION =
  /^I.{1,12} the (?:only|sole) (?:one|person) who (?:was|were|think|feel|believe|wonder|see|find|care|notice|want|like|is|does|did)/iu;

function isAboutWriter(text: string, { at, words }: Found): boolean {
  if (THINGS.test(words.split(/ (?:in|at|on|im|bei|auf|an|am) /u)[0] ?? '')) return false;
  if (NEUTER.test(words) || OPINION.test(words)) return false;
  return PEOPLE.test(words) || !DESCRIBES.test(text.slice(Math.max(0, at - 200), at));
}
