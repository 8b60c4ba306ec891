import { openAnswer, openSpeak, saveDraft, sendAnswer, sendSpeak } from './answering.ts';
import { cancel, openAsk, sendAsk } from './asking.ts';
import { agreeBlock, openBlock, openEnd, sendBlock, sendEnd, showBlock } from './blocking.ts';
import * as curating from './curating.ts';
import { fields } from './fields.ts';
import * as leading from './leading.ts';
import * as owning from './owning.ts';
import { castVote, showQuestions, showRegister } from './reading.ts';
import { dropStuck, openDrop, sendStuckAgain, showStuck } from './stuck.ts';
import { type Verb, verb } from './turn.ts';
import { showWhole } from './whole.ts';

/**
 * Every button of every card: its verb, the fields that it sends, and who handles it. A verb that ends in `.open` opens
 * a form. Whoever presses comes from the activity; each use case checks what they may do.
 */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  ['ask.open', verb(fields.none, openAsk)],
  ['ask.send', verb(fields.ask, sendAsk)],
  ['cancel', verb(fields.none, cancel)],
  ['mine.open', verb(fields.mine, owning.showMine)],
  ['mine.show', verb(fields.question, owning.showOwn)],
  ['followUp.open', verb(fields.question, owning.openFollowUp)],
  ['followUp.send', verb(fields.followUp, owning.sendFollowUp)],
  ['withdraw.open', verb(fields.question, owning.openWithdraw)],
  ['withdraw.send', verb(fields.question, owning.sendWithdraw)],
  ['sign.open', verb(fields.question, owning.openSign)],
  ['sign.send', verb(fields.question, owning.sendSign)],
  ['edit.agree', verb(fields.edit, owning.decideOnEdit(true))],
  ['edit.refuse', verb(fields.edit, owning.decideOnEdit(false))],

  ['whole.open', verb(fields.whole, showWhole)],

  ['questions.page', verb(fields.page, showQuestions)],
  ['vote.add', verb(fields.vote, castVote(true))],
  ['vote.erase', verb(fields.vote, castVote(false))],
  ['register.page', verb(fields.page, showRegister)],

  ['queue.page', verb(fields.page, leading.showQueue)],
  ['question.show', verb(fields.question, leading.showQuestion)],
  ['answer.open', verb(fields.question, openAnswer)],
  ['answer.save', verb(fields.words, saveDraft)],
  ['answer.send', verb(fields.say, sendAnswer)],
  ['answer.replace', verb(fields.replace, sendAnswer)],
  ['askBack.open', verb(fields.question, openSpeak('ask-back'))],
  ['askBack.send', verb(fields.say, sendSpeak('ask-back'))],
  ['reply.open', verb(fields.question, openSpeak('reply'))],
  ['reply.send', verb(fields.say, sendSpeak('reply'))],
  ['later.open', verb(fields.question, leading.openLater)],
  ['later.send', verb(fields.later, leading.sendLater)],
  ['handOn.open', verb(fields.question, leading.openHandOn)],
  ['handOn.send', verb(fields.handOn, leading.sendHandOn)],
  ['decline.open', verb(fields.question, leading.openDecline)],
  ['decline.send', verb(fields.decline, leading.sendDecline)],

  ['curate.show', verb(fields.question, curating.showCurated)],
  ['publish', verb(fields.question, curating.sendPublish)],
  ['publishOn', verb(fields.question, curating.sendPublishOn)],
  ['channels.open', verb(fields.question, curating.openChannels)],
  ['channels.send', verb(fields.channels, curating.sendChannels)],
  ['schedule.next', verb(fields.question, curating.sendScheduleNext)],
  ['unschedule', verb(fields.settle, curating.sendUnschedule)],
  ['notNow.open', verb(fields.question, curating.openNotNow)],
  ['notNow.send', verb(fields.say, curating.sendNotNow)],
  ['block.show', verb(fields.question, showBlock)],
  ['block.open', verb(fields.question, openBlock)],
  ['block.send', verb(fields.block, sendBlock)],
  ['block.agree', verb(fields.question, agreeBlock)],
  ['disagree.open', verb(fields.question, openEnd('disagree'))],
  ['disagree.send', verb(fields.say, sendEnd('disagree'))],
  ['lift.open', verb(fields.question, openEnd('lift'))],
  ['lift.send', verb(fields.say, sendEnd('lift'))],
  ['stuck.show', verb(fields.none, showStuck)],
  ['stuck.again', verb(fields.delivery, sendStuckAgain)],
  ['stuck.open', verb(fields.delivery, openDrop)],
  ['stuck.drop', verb(fields.drop, dropStuck)],
  ['settle.there', verb(fields.settle, curating.sendSettle('there'))],
  ['settle.nothing', verb(fields.settle, curating.sendSettle('nothing'))],
]);
