/** What each kind of record is for, and what it tells whoever reads it. A kind that is missing here is called unknown. */
export const KINDS: Record<string, string> = {
  questions:
    'The questions, with their answers and threads. Every word can be read, and the week of asking. Leaders and curators are named. Who asked is not in it, unless they signed: then `doc.signed` is their name. `stage` says where it stands on the board, and `since` on which day its leader or a curator brought it there; before its answer, the week of asking alone; `history` says which role did what in which week, and names nobody. `owes` and the states of `deliveries` say what is still to be sent, what did not arrive, and which curator gave it up; `doc.block` says which people of comms wanted its author stopped or let off, and why; `doc.wordings` has what others had asked whose questions were merged into this one, `doc.into` where a merged one went, `doc.by` which curator merged it, and `doc.edit` other words that a curator proposed; times in `owed_at` and beside these states say when something is sent next; in `activity`, when Teams took a card for the leader or a curator, or a post.',
  seals:
    'Encrypted return addresses. Which question one belongs to, and whose it is, cannot be read without the keys; the week can.',
  waiting:
    'Questions on their way into a queue, encrypted with their words. How many wait, and whether one of them is very long, can be seen.',
  counts:
    'What was done today, one row per act, to limit how much one person can do in a day. Whose it is, and what it was, needs the keys. Only `day` can be read.',
  blocks:
    'Authors who are stopped, one row per block: two scrambled marks that stand nowhere else, the week of the question, and the day on which they may ask again. Who it is needs the keys; the row is erased when the day has come.',
  leases:
    'Which process of the bot does its timed work, by a random name that it made up at its start, and until when.',
  claims:
    'Which curator took which question to work on, by id, and until when: half an hour at most, then the row is erased.',
  slips:
    'The encrypted entries of “My questions”. Whose they are, and which questions they name, needs the keys; the week can be read.',
  votes:
    'Two scrambled marks per vote, beside the question. Whose it is needs the keys; both differ for each question. The keys can compare the second, `voter`, across questions: so votes on merged questions add up with nobody counted twice. Absent in votes of older releases.',
  reactions:
    'What a reader says of an answer, and one scrambled mark, beside the question. Whose it is needs the keys, and differs for each question and from the marks of votes.',
  greetings:
    'One scrambled mark per person who was greeted. Whose it is needs the keys; how many there are can be counted.',
  met: 'People with a role who met the bot: their id, the address of their chat, and the language in which they last acted, in the clear.',
  settings:
    'What admins set, in the clear: leaders, delegates, curators and admins by id and name, topics, the policy, and the last change of it: which admin made it, on which day. Nobody without a role is in it. While this row is there, the directory file is not read: give as `--directory` the file that the desk exports.',
  changes: 'Earlier changes of the settings, in the clear: which admin made each, on which day, from what to what.',
  channels: 'Channels in which the bot is installed, in the clear.',
  slots: 'When in the week each channel takes its next thread, and its holidays, in the clear. No person stands in it.',
};

export const UNKNOWN = 'Unknown to this program. Ask whoever changed the bot what it holds, and read it yourself.';

export const WAL_NOTE =
  'The write-ahead log holds copies of the rows that were written last, in the order of writing: the order in which Seals came, and that in which questions entered their queues. The shared memory file holds page numbers and no rows.';

export const KEYS_NOTE =
  'The values are secrets, in the clear or wrapped by a Key Vault, and are not shown. This file alone says nothing about anybody; `pace` is the bot’s own reckoning of the time, with which it looks whose keys are to be destroyed. Together with the database, and the vault if there is one, it opens the return addresses of the weeks whose keys it holds, and tells of any given person what they asked and voted for in those weeks, whether the bot greeted them, whether they are stopped, and how much they did on that day. Keep it apart from the database and its backups.';

export const LOG_NOTE =
  'What happened, by code and in order. A reader learns that something failed, and how often. The bot writes no time; what collects the log may add one.';

export const LIMITS =
  'This program reads the files it was given and nothing else. Where the bot keeps its data in Azure Cosmos DB, they are not among them: a file that was left over from before proves nothing of it. Have a copy moved into a file first (`npm run migrate -- --to file`). The search finds texts as they are, and in the forms named above. It cannot find what is compressed or encrypted, and it cannot judge whether words in a question give somebody away. It says nothing of what Microsoft 365 records, and nothing of what the bot’s code could do with the keys.';
