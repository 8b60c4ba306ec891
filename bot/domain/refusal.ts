/** An expected "no". A closed union, so that every one has plain words. */
export type Refusal =
  | { refused: 'blank' }
  | { refused: 'too-long'; length: number; limit: number }
  | { refused: 'too-large' }
  | { refused: 'unknown-leader' }
  | { refused: 'small-audience'; leader: string }
  | { refused: 'limit'; of: 'questions' | 'votes'; limit: number }
  | { refused: 'unknown-channel' }
  | { refused: 'no-channel' }
  | { refused: 'no-reason' }
  | { refused: 'no-name' }
  | { refused: 'not-found' }
  | { refused: 'not-allowed' }
  | { refused: 'not-open'; state: 'answered' | 'declined' | 'withdrawn' | 'merged' }
  | { refused: 'too-old' }
  | { refused: 'closed' }
  | { refused: 'not-answered' }
  | { refused: 'not-asked-back' }
  | { refused: 'answered-meanwhile' }
  | { refused: 'replaces'; words: string }
  | { refused: 'already-published'; by: string; state: 'scheduled' | 'posting' | 'posted' | 'uncertain' | 'retracted' }
  | { refused: 'retracted'; by: string }
  | { refused: 'not-scheduled' }
  | { refused: 'slot-past' }
  | { refused: 'slot-taken' }
  | { refused: 'no-slot' }
  | { refused: 'slots-changed' }
  | { refused: 'no-zone' }
  | { refused: 'not-published' }
  | { refused: 'published' }
  | { refused: 'already-signed' }
  | { refused: 'no-day' }
  | { refused: 'blocked'; until: string; appealTo: string }
  | { refused: 'not-abusive' }
  | { refused: 'block-proposed'; by: string }
  | { refused: 'not-proposed' }
  | { refused: 'same-person' }
  | { refused: 'agreed'; by: string }
  | { refused: 'turned-down'; by: string }
  | { refused: 'not-stopped' }
  | { refused: 'no-days' }
  | { refused: 'not-stuck' }
  | { refused: 'settings-changed'; by: string }
  | { refused: 'claimed'; by: string }
  | { refused: 'same-question' }
  | { refused: 'carries-others' }
  | { refused: 'cannot-carry'; state: 'declined' | 'withdrawn' | 'merged' }
  | { refused: 'carries-too-much' }
  | { refused: 'not-merged' }
  | { refused: 'already-voted' }
  | { refused: 'same-words' }
  | { refused: 'edit-changed' }
  | { refused: 'unknown-topic' }
  | { refused: 'busy' };

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
