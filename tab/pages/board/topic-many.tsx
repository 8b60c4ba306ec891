import { useState } from 'react';
import { isRefused, type Output, post } from '../../api.ts';
import { useDesk } from '../../me.ts';
import { Choice } from '../../parts/choice.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { say } from '../../words.ts';

interface Given {
  readonly questions: readonly string[];
  readonly close: () => void;
  readonly done: (several: Output<'post', '/api/topics'>) => void;
}

/** Puts several questions under one topic, or under none. */
export function TopicMany({ questions, close, done }: Given) {
  const { me } = useDesk();
  const [topic, choose] = useState('');
  const act = async () => {
    const several = await post('/api/topics', { questions: [...questions], ...(topic === '' ? {} : { topic }) });
    if (!isRefused(several)) done(several);
    return several;
  };
  return (
    <Confirm
      title={say('board.topicTitle', { count: questions.length })}
      verb={say('board.topicVerb')}
      act={act}
      close={close}
    >
      <Choice
        label={say('reading.topic')}
        value={topic}
        any={say('board.noTopic')}
        choices={me.topics.map((one) => ({ value: one, title: one }))}
        onChoose={choose}
      />
    </Confirm>
  );
}
