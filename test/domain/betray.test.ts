import assert from 'node:assert/strict';
import { betrayals, type Betrayal, unshown } from '../../bot/domain/betray.ts';

const noor = { name: 'Noor Quillamor', leaders: ['Ines Varandell', 'Otto Harrowgate'] };
const kindsIn = (text: string, writer = noor): string[] => betrayals(text, writer).map(({ kind }) => kind);

/** What people write in earnest, and the words that give them away. */
const BETRAYING: Record<Betrayal, [text: string, words: string][]> = {
  email: [
    ['Why was the bonus cut? Write to n.quill@fabrikam.example.', 'n.quill@fabrikam.example'],
    ['My mail is noor+qa@sub.fabrikam.co.uk and I check it daily', 'noor+qa@sub.fabrikam.co.uk'],
    ['Antwort bitte an jürgen.müller@firma.de, danke', 'jürgen.müller@firma.de'],
    ['reach me: nq (at) fabrikam (dot) com', 'nq (at) fabrikam (dot) com'],
    ['Bitte an nq[at]fabrikam.de', 'nq[at]fabrikam.de'],
    ['<N.QUILL@FABRIKAM.EXAMPLE>', 'N.QUILL@FABRIKAM.EXAMPLE'],
  ],
  phone: [
    ['Call me on +49 170 1234567 after work.', 'Call me on +49 170 1234567'],
    ['I am at +1 (206) 555-0100 if you want to talk.', '+1 (206) 555-0100'],
    ['Meine Nummer: 0170/1234567', '0170/1234567'],
    ['Rückfragen unter 089 / 12 34 56 78', '089 / 12 34 56 78'],
    ['Or 01701234567, any evening', '01701234567'],
    ['London office, 020 7946 0958', '020 7946 0958'],
    ['Mon numéro est 01 23 45 67 89', '01 23 45 67 89'],
    ['You find me at (555) 123-4567.', '(555) 123-4567'],
    ['555-123-4567 is mine', '555-123-4567'],
    ['0049 89 1234567 ist mein Anschluss', '0049 89 1234567'],
    ['I sit next to the lift, ext. 4711', 'ext. 4711'],
    ['Ich bin erreichbar, Durchwahl 4711', 'Durchwahl 4711'],
    ['Mein Handy: 66 12 34 5', 'Handy: 66 12 34 5'],
    ['Please text me at 555 0199 88', 'text me at 555 0199 88'],
    ['Rufen Sie mich unter 5550199 an', 'Rufen Sie mich unter 5550199'],
  ],
  employee: [
    ['MA-Nr. 12345 fehlt im Plan', 'MA-Nr. 12345'],
    ['emp. id 12345 was not paid', 'emp. id 12345'],
    ['My personnel number’s 12345.', 'personnel number’s 12345'],
    ['Employee number 48213, why is my pay wrong?', 'Employee number 48213'],
    ['My employee ID is E-48213.', 'employee ID is E-48213'],
    ['Staff no. 1234 here', 'Staff no. 1234'],
    ['Meine Personalnummer lautet 00123456', 'Personalnummer lautet 00123456'],
    ['Pers.-Nr. 77123', 'Pers.-Nr. 77123'],
    ['Mitarbeiternummer: MA48213', 'Mitarbeiternummer: MA48213'],
    ['My login is nq48213 and it was blocked', 'My login is nq48213'],
    ['badge number 0048213 does not open the door', 'badge number 0048213'],
    ['Warum ist bei Mitarbeiter-Nr. 5512 nichts angekommen?', 'Mitarbeiter-Nr. 5512'],
  ],
  signature: [
    ['Why? Thx, Nico', 'Thx, Nico'],
    ['Why so late? Greetings from Lyon, Nico', 'Greetings from Lyon, Nico'],
    ['Why?\nKind regards, your colleague Nico', 'Kind regards, your colleague Nico'],
    ['Warum? Viele Grüße, Ihr Kollege Nico Brandt', 'Viele Grüße, Ihr Kollege Nico Brandt'],
    ['Why no bonus?\nBest regards, Noor', 'Best regards, Noor'],
    ['Why no bonus?\n\nKind regards\nN. Quill', 'Kind regards\nN. Quill'],
    ['When will we hear more? Thanks, Nico', 'Thanks, Nico'],
    ['When will we hear more?\n\nThanks\nNico', 'Thanks\nNico'],
    ['Why? — Nico', '— Nico'],
    ['Why do we not hire?\n-- Nico Q.', '-- Nico Q.'],
    ['Why do we not hire?\n~Nico', '~Nico'],
    ['Why do we not hire? -Nico', '-Nico'],
    ['Do you read these yourself? Nico H.', 'Nico H.'],
    ['Do you read these yourself?\nNico H', 'Nico H'],
    ['Do you read these yourself?\nN.Q.', 'N.Q.'],
    ['Wann kommt der Tarif?\nMit freundlichen Grüßen\nNico Brandt', 'Mit freundlichen Grüßen\nNico Brandt'],
    ['Wann kommt der Tarif? LG Nico', 'LG Nico'],
    ['wann kommt der tarif? lg nico', 'lg nico'],
    ['Wann kommt der Tarif?\nViele Grüße aus der Buchhaltung', 'Viele Grüße aus der Buchhaltung'],
    ['Wann kommt der Tarif?\nGruß, Nico', 'Gruß, Nico'],
    ['Wann kommt der Tarif? MfG Brandt', 'MfG Brandt'],
    ['Wann kommt der Tarif?\nVielen Dank, Nico', 'Vielen Dank, Nico'],
    ['Who decides?\nCheers,\nNico\nFinance Controller, Lyon', 'Cheers,\nNico'],
    ['Who decides?\nBest,\nNico and Omar', 'Best,\nNico'],
    ['Who decides?\nRegards, Nico (Finance)', 'Regards, Nico'],
    ['Who decides?\nYours sincerely,\nJan van der Berg', 'Yours sincerely,\nJan van der Berg'],
    ['Wer entscheidet das? gez. Brandt', 'gez. Brandt'],
  ],
  name: [
    ['Ich bin Nico aus dem Einkauf und frage mich das.', 'Ich bin Nico'],
    ['Hallo zusammen, ich bin die Nico vom Einkauf.', 'ich bin die Nico'],
    ['Once more: it’s me, Nico', 'it’s me, Nico'],
    ['Nico from accounting here, with a question', 'Nico from accounting here'],
    ['I, Nico, have never seen a raise.', 'I, Nico'],
    ['My name is Nico Brandt and I work in Lyon.', 'My name is Nico Brandt'],
    ['People call me Nico.', 'call me Nico'],
    ['Ich, Nico, habe noch nie eine Erhöhung gesehen.', 'Ich, Nico'],
    ['Ich heiße Nico und arbeite in Lyon.', 'Ich heiße Nico'],
    ['mein Name ist Nico Brandt, ich habe eine Frage', 'mein Name ist Nico Brandt'],
    ['Hier schreibt Nico aus dem Einkauf.', 'Hier schreibt Nico'],
    ['Hi Ines, I am Nico from finance.', 'I am Nico'],
    ['Hello! This is Nico from purchasing. Why is there no raise?', 'This is Nico'],
    ['Nico here, from finance: why no raise?', 'Nico here'],
    ['Hallo Frau Varandell, Nico hier aus dem Einkauf.', 'Nico hier'],
    ['Why does everybody at my desk say “ask Noor”?', 'Noor'],
    ['noor wants to know why', 'noor'],
    ['Is it fair that Noor’s team is the only one without laptops?', 'Noor'],
    ['Warum fehlt in Noors Team ein Drucker?', 'Noor'],
    ['QUILLAMOR was left off the list again', 'QUILLAMOR'],
    ['Who took Quillamor, Noor off the list?', 'Quillamor, Noor'],
  ],
  only: [
    ['I ask as the one and only apprentice in Lyon', 'as the one and only apprentice in Lyon'],
    ['We are only two in payroll, so who covers?', 'We are only two in payroll'],
    ['Wir sind nur zu zweit in der Lohnbuchhaltung.', 'Wir sind nur zu zweit in der Lohnbuchhaltung'],
    ['Ich gehe früher, da ich die Einzige mit Kind in der Abteilung bin', 'da ich die Einzige mit Kind in der'],
    ['As the only woman in finance I feel watched. Why?', 'As the only woman in finance'],
    ['I feel invisible as the only Muslim on the third floor.', 'as the only Muslim on the third floor'],
    ['I am the only developer in Lyon. Who covers for me?', 'I am the only developer in Lyon'],
    ['I’m the only one from accounting who was not invited', 'I’m the only one from accounting who was'],
    ['As one of two apprentices in Graz, I earn less. Why?', 'As one of two apprentices in Graz'],
    ['Being the only person over 60 here, I wonder', 'Being the only person over 60 here'],
    ['As the sole parent in our shift I cannot stay late', 'As the sole parent in our shift'],
    ['As the only one who speaks Turkish, I translate for all', 'As the only one who speaks Turkish'],
    ['Ich muss als Einzige in der Abteilung am Samstag arbeiten.', 'als Einzige in der Abteilung am'],
    ['Als einzige Frau im Einkauf frage ich mich das', 'Als einzige Frau im Einkauf frage'],
    ['Ich bin der Einzige am Empfang.', 'Ich bin der Einzige am Empfang'],
    ['Ich bin die einzige Ingenieurin in Halle 3, warum?', 'Ich bin die einzige Ingenieurin in Halle 3'],
    ['Als einer der wenigen Älteren im Team merke ich das', 'Als einer der wenigen Älteren im Team merke'],
    ['Wir sehen das anders, ich als einziges Mitglied im Betriebsrat', 'als einziges Mitglied im Betriebsrat'],
  ],
};

/** Ordinary questions: a warning here would teach people to press "Send anyway". */
const INNOCENT = `
Why did we close the Lyon office without telling the people who work there first?
Will there be layoffs in 2026, and how many?
I, for one, would like to know why.
I, too, was surprised by the announcement.
I, like many, read it in the press.
Best, worst and most likely case: what do you plan for?
What was the best, Ines?
Thanks, Ines.
Why so late? Thanks, Ines
Danke, Frau Varandell
Why was this announced on 23.11.2026 and not on 01.02.2026?
Why do the trains leave at 08.00 - 17.00 only?
The canteen is open from 11:30-14:00. Could it open earlier?
From 01/2026 to 12/2026 we had no raise. Why?
Is the plan for 2024-2026 still valid, or is it 2025/26 now?
Is it true that the new headquarters cost 12.500.000 €?
Did we really spend 1,250,000 dollars on consultants?
We lost 100 000 000 euros. Who decided that?
Revenue grew by +12 000 000 euros. Where does it go?
Why is the threshold 0.123456789 and not zero?
Why do we still sell the 4711-0815 if nobody buys it?
Is part number 0815-471100 coming back?
Ticket INC0012345678 is open since May. Who looks at it?
Order no. 0170 1234567 never came. Why?
Why does version 10.0.19045 break my laptop?
Why do servers still use 192.168.100.200?
When will ISO 27001 and ISO 9001 be done?
Will the A320-200 order be delayed?
Will everyone get an iPhone 15?
Is 5G part of the mobile 2026 strategy?
Is the extension 2030 of the building decided?
Why are there 12000 employees and only 300 parking spaces?
Employee numbers grew to 12,000 in 2025. Do we plan more?
Why is the employee number 1 cost?
Do staff ID cards cost 20 euros now?
Why does nobody answer at hr@fabrikam.example?
Who reads it-support@fabrikam.example and no-reply@fabrikam.example?
Meet @ the cafeteria, why not?
Which matters more — Growth or Profit?
Which plan do you prefer? Plan B.
Do we need Vitamin C.
Kind regards
With best regards to everyone
Thanks in advance
Thanks, everyone
Thanks, Team
Cheers, all
Danke im Voraus
Vielen Dank, liebes Team
Viele Grüße
Mit freundlichen Grüßen, ein Mitarbeiter
Regards, anonymous
My name is on the list of 14 people. Why?
Why is my name wrong on the badge?
My name is not known here, is it?
Don’t call me Karen, but why is the heating off?
I am German and I do not understand the bonus. Why?
I am happy from day one on. Why do others leave?
This is about Lyon. Why?
World War I, Germany and the history of our firm: will we publish it?
In Phase I, Lyon, Paris and Graz close. And then?
Ich, wie viele andere, habe es aus der Presse erfahren. Warum?
Ich heiße das nicht gut. Warum wurde niemand gefragt?
Ich heiße Kollegen willkommen, aber wo sitzen sie?
Als ich, Gott sei Dank, nachfragte, war alles gut. Warum der Stress?
Hier ist Handlungsbedarf. Wann passiert etwas?
Am I the only one who thinks that the survey is too long?
I am the only one who thinks so, right?
Are we the only company in the sector without a pension?
Why do you see growth as the only goal in our strategy?
As the only company in the sector without a canteen, what do we offer?
Warum gilt Wachstum als einziges Ziel in der Strategie?
Als einziges Unternehmen in der Branche zahlen wir kein Weihnachtsgeld. Warum?
Warum sehen Sie Entlassungen als einzige Lösung in der Krise?
Bin ich der Einzige, der das nicht versteht?
Is the only way up to leave?
Warum wurden 2025 nur 3 % bezahlt, obwohl der Gewinn um 12,5 % stieg?
Am 24.12. und am 31.12. arbeiten wir. Warum?
Warum dauert eine Reisekostenabrechnung 8 bis 12 Wochen?
Gibt es 2027 noch den Standort 01067 Dresden?
Why is room 3.14 always booked from 9 to 5?
Was ist mit dem Projekt 0815 passiert?
Kann die Kantine um 7.30 Uhr öffnen?
Wie hoch ist die Kostenstelle 0470 1234567 belastet?
Warum bekommt der Vorstand 1.234.567 € und wir 1,5 %?
Why did the share fall from 34.50 to 28.10 in 6 weeks?
Is SAP S/4HANA 2023 FPS02 late?
May we work from home on Fridays? Will that change?
How do you, Ines, decide whom to promote?
Dear Ines, why do you not answer in the town hall?
Otto said in the town hall that nobody leaves. Is it true?
We are told “as the market requires”. What does it require?
Is the best in class goal still ours?
Sincerely curious: why is the budget frozen?
Why did Best Buy leave us?
Best wishes for the New Year
Liebe Grüße an alle
Signed, sealed, delivered: when?
Love the idea, but why?
Is the goal growth? – Growth.
Warum nicht? -Weil es teuer ist
They call me Monday to Friday at 7. Why?
I am Head of nothing and nobody listens. Why?
This is Spain in 2008 again. Why?
Layoffs here, layoffs there: when does it stop?
Nobody here, from top to bottom, believes this. Do you?
Who will run Division C.
My login fails 300 times a day. Why?
My number one question is why 2025 was bad.
Was the IBAN DE89 3704 0044 0532 0130 00 wrong?
Why is UPC 012345678905 missing, and 0123456789 too?
Our mobile app has 100 000 downloads. Is that a success?
I was the only one who was asked. Why?
I am not the only one in the team who is tired. What do you do?
Is English as the only language in meetings fair?
Ist Gehalt als einziger Anreiz im Vertrieb genug?
As one of the few companies in Europe we own our plants. Why sell?
Warum wird Kupfer als einziges Metall im Werk geprüft?
Why do you treat loyalty as the only virtue in promotions?
War vom 01.02.2026 - 03.04.2026 wirklich alles zu?
War 01.02.26 - 03.04.26 alles zu?
Stehen 03.2026 04.2026 05.2026 fest?
Was the stop of 01/02/26 - 03/04/26 planned?
Gilt die Regel 01/2026 - 12/2026 noch?
Is the freeze of 02-03-2026/04-05-2026 over?
Which is right, 08.00 - 17.00 or 09.00-18.00, and why 02.30 - 03.45 06.00?
Is there a mobile 2024/2025 plan, or mobile 2025-2026?
Is the mobile 2026-01-15 launch still on?
Warum wird Lyon als einziger Standort in Frankreich geschlossen?
`;
const LISTS = ['What is more important:\n- Growth\n- Profit', 'What stops first?\n— Meetings\n— Reports'];

describe('what betrays its writer', () => {
  for (const [kind, rows] of Object.entries(BETRAYING)) {
    for (const [text, words] of rows) {
      it(`${kind}: ${text.replaceAll('\n', ' / ')}`, () => {
        assert.deepEqual(
          betrayals(text, noor).filter((one) => one.kind === kind),
          [{ kind, words }],
        );
        assert.ok(text.includes(words), 'the exact words');
      });
    }
  }

  const innocent = [...INNOCENT.split('\n').filter((line) => line !== ''), ...LISTS];
  for (const text of innocent) {
    it(`nothing: ${text.replaceAll('\n', ' / ')}`, () => assert.deepEqual(betrayals(text, noor), []));
  }

  it('is tried with 60 sentences of each sort or more', () => {
    assert.ok(Object.values(BETRAYING).flat().length >= 60);
    assert.ok(innocent.length >= 60);
  });
});

const by = (name: string, leaders: string[] = []) => ({ name, leaders });

describe('the name that Teams tells', () => {
  it('is found as companies write it', () => {
    const text = 'Ask Noor, or Quillamor';
    for (const name of [
      'Quillamor, Noor',
      'Dr. Noor Quillamor (Finance)',
      'Noor Quillamor | Fabrikam',
      'noor.quillamor@fabrikam.example',
      'Noor van Quillamor - External',
    ]) {
      assert.deepEqual(
        betrayals(text, by(name)).map(({ words }) => words),
        ['Noor', 'Quillamor'],
        name,
      );
    }
  });

  it('is found with and without its marks', () => {
    for (const text of ['Jürgen fragt', 'Juergen fragt', 'jurgen fragt', 'Ju\u0308rgen fragt'])
      assert.deepEqual(kindsIn(text, by('Jürgen Öztürk')), ['name'], text);
    assert.deepEqual(kindsIn('oeztuerk und Ozturk', by('Jürgen Öztürk')), ['name', 'name']);
  });

  it('is found in parts of double names, and in scripts without spaces', () => {
    assert.deepEqual(kindsIn('Anna fragt', by('Anna-Lena Müller-Lüdenscheidt')), ['name']);
    assert.deepEqual(kindsIn('Frau Lüdenscheidt fragt', by('Anna-Lena Müller-Lüdenscheidt')), ['name']);
    assert.deepEqual(kindsIn('为什么王伟没有加薪？', by('王伟')), ['name']);
    assert.deepEqual(kindsIn('Почему Анна уходит?', by('Анна Иванова')), ['name']);
  });

  it('is not found where it is an ordinary word, unless both names stand together', () => {
    const will = by('Will May');
    assert.deepEqual(kindsIn('Will there be a bonus in May?', will), []);
    assert.deepEqual(kindsIn('Why was Will May not asked?', will), ['name']);
    assert.deepEqual(kindsIn('Der Richter am Markt sagt: lang lebe der Koch', by('Frank Richter')), []);
    assert.deepEqual(kindsIn('We do not go to it', by('Do An')), []);
    assert.deepEqual(kindsIn('What is next in the jan plan?', by('Tom Jan')), []);
    assert.deepEqual(kindsIn('Noortje and Quillamoria are products', noor), []);
  });

  it('does not stop a question to a leader of the same name', () => {
    assert.deepEqual(kindsIn('Dear Ines, why?', by('Ines Koller', ['Ines Varandell'])), []);
    assert.deepEqual(kindsIn('Why was Ines Koller left out?', by('Ines Koller', ['Ines Varandell'])), ['name']);
    assert.deepEqual(kindsIn('Why?\nBest regards, Ines', by('Ines Koller', ['Ines Varandell'])), ['signature']);
  });

  it('is looked for in vain where Teams tells none, or one full of marks', () => {
    for (const name of ['', '   ', '(Guest)', '.*', '[\\', 'a|b', '+++', '-', '\u0000'])
      assert.deepEqual(kindsIn('Why .* and + or a or b?', by(name)), [], JSON.stringify(name));
  });
});

const long = (piece: string) => piece.repeat(Math.floor(2000 / piece.length));

describe('findings', () => {
  it('name one stretch of text once, in reading order', () => {
    const text =
      'I am Nico.\nPersonalnummer 0170123456\nMail nico@fabrikam.example, again nico@fabrikam.example\nLG Noor';
    assert.deepEqual(kindsIn(text), ['employee', 'email', 'signature']);
  });

  it('are none where the text cannot be sent as it is: that is told first', () => {
    assert.deepEqual(kindsIn(`${'x'.repeat(2001)} noor@fabrikam.example`), []);
    assert.deepEqual(kindsIn(' \u200B '), []);
  });

  it('see through characters that nobody sees', () =>
    assert.deepEqual(betrayals('No\u200Bor\u00AD@fabrikam.example?', noor), [
      { kind: 'email', words: 'Noor@fabrikam.example' },
    ]));

  it('are shown until each of their kinds was shown', () => {
    const found = betrayals('nq@fabrikam.example\nLG Nico', noor);
    assert.equal(found.length, 2, 'the premise');
    assert.deepEqual(unshown(found, []), found);
    assert.deepEqual(unshown(found, ['email']), found, 'whole, so that nobody thinks the rest was solved');
    assert.deepEqual(unshown(found, ['signature', 'email', 'phone']), []);
    assert.deepEqual(unshown([], []), []);
  });

  it('cost little, whatever a text is made of', () => {
    const family = 'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A'.repeat(1990);
    const pieces = [
      'a',
      '1',
      '0',
      ' ',
      '. ',
      '.  \t',
      'a@',
      'a.',
      '+1',
      '01 ',
      '1.1.',
      '(',
      '— ',
      '-\n',
      'LG ',
      'Best, ',
    ];
    const more = ['as the only a ', 'als einzige a ', 'I, A ', 'A. ', 'Noor', 'gruß', 'mit ', 'freundlichen ', 'info'];
    const blank = `x.${' '.repeat(1990)}Noor`;
    for (const text of [...pieces.map(long), ...more.map(long), family, blank, `x.${'\n \t'.repeat(600)}x`]) {
      const began = performance.now();
      betrayals(text, noor);
      const took = performance.now() - began;
      assert.ok(took < 250, `${Math.round(took)} ms for ${JSON.stringify(text.slice(0, 12))}`);
    }
  });
});
