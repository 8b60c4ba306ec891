import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, post, type Refused } from '../api.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curated.ts';

/** Sets what a question is about, or clears it. */
export function Topic({ of }: { of: Curated }) {
  const [isOpen, open] = useState(false);
  if (!of.may.sort) return undefined;
  return (
    <>
      <Button onClick={() => open(true)}>{say('reading.topic')}</Button>
      {isOpen && <Form of={of} close={() => open(false)} />}
    </>
  );
}

function Form({ of: { question, topic = '', topics }, close }: { of: Curated; close: () => void }) {
  const [chosen, choose] = useState(topic);
  const act = async (): Promise<Refused | object> => {
    const sorted = await post('/api/topics', { questions: [question], ...(chosen === '' ? {} : { topic: chosen }) });
    const [first] = isRefused(sorted) ? [] : sorted.notDone;
    return first ? { refused: 'not-done', words: first.words } : sorted;
  };
  return (
    <Confirm title={say('curation.topicTitle')} verb={say('curation.setTopic')} act={act} close={close}>
      <Choice
        label={say('reading.topic')}
        value={chosen}
        any={say('curation.noTopic')}
        choices={topics.map((one) => ({ value: one, title: one }))}
        onChoose={choose}
      />
    </Confirm>
  );
}
