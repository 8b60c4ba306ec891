import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, type Output, post, type Refused } from '../api.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curation.tsx';

type Several = Output<'post', '/api/topics'>;

/** Sets what a question is about. */
export function Topic({ of: { question, topic = '', topics, may } }: { of: Curated }) {
  const [isOpen, open] = useState(false);
  if (!may.sort) return undefined;
  return (
    <>
      <Button onClick={() => open(true)}>{say('curation.topic')}</Button>
      {isOpen && <TopicOf questions={[question]} topic={topic} topics={topics} close={() => open(false)} />}
    </>
  );
}

interface Given {
  readonly questions: readonly string[];
  readonly topic?: string;
  readonly topics: readonly string[];
  readonly close: () => void;
  /** Told once it is done, with those for which it could not be. */
  readonly done?: (several: Several) => void;
}

/** The topic of one question, or of several. */
export function TopicOf({ questions, topic = '', topics, close, done }: Given) {
  const [chosen, choose] = useState(topic);
  const act = async (): Promise<Several | Refused> => {
    const several = await post('/api/topics', {
      questions: [...questions],
      ...(chosen === '' ? {} : { topic: chosen }),
    });
    if (isRefused(several)) return several;
    done?.(several);
    const [first] = several.notDone;
    return done === undefined && first ? { refused: 'not-done', words: first.words } : several;
  };
  return (
    <Confirm
      title={say('curation.topicTitle', { count: questions.length })}
      verb={say('curation.setTopic')}
      act={act}
      close={close}
    >
      <Choice
        label={say('curation.topic')}
        value={chosen}
        any={say('curation.noTopic')}
        choices={topics.map((one) => ({ value: one, title: one }))}
        onChoose={choose}
      />
    </Confirm>
  );
}
