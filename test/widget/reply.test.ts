import { describe, expect, it } from 'vitest';

import { advance, emptyReply, paragraphsOf, plainText } from '../../src/widget/reply.ts';
import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';

const answer = sampleAnswer({ remark: 'The articles do not say: who paid.', unanswered: ['who paid'] });

describe('a reply', () => {
  it('grows at its end only, and never shows what has no verdict yet', () => {
    let reply = emptyReply;
    let before = '';
    for (const event of eventsOf(answer)) {
      reply = advance(reply, event);
      const text = plainText(reply);
      expect(text.startsWith(before)).toBe(true);
      expect(paragraphsOf(reply).flat().length).toBeGreaterThanOrEqual(reply.sentences.length);
      before = text;
    }
    expect(before).toBe(
      'The fair drew 5,400 visitors over three days. Children paid nothing.\nIt will return next year.\nThe articles do not say: who paid.',
    );
  });

  it('is in the end what the finished answer says, whatever came before', () => {
    const events = eventsOf(answer);
    const whole = events.reduce(advance, emptyReply);
    const last = events.slice(-1).reduce(advance, emptyReply);
    expect(whole).toEqual(last);
    expect(whole.state).toBe('done');
  });

  it('has failed once an error came, and keeps its sentences', () => {
    const problem = { type: 'about:blank', title: 'Error', status: 500 };
    const reply = advance(eventsOf(answer).slice(0, 5).reduce(advance, emptyReply), {
      type: 'error',
      problem,
    });
    expect([reply.state, reply.sentences.length]).toEqual(['failed', 1]);
  });
});
