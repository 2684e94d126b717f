import type { Turn } from '../../domain/conversation.ts';
import type { ChatLimits } from './limits.ts';
import { clip, neutralise } from './untrusted.ts';

/** The newest turns that fit the limits, oldest first, one to a line, for a prompt. */
export function historyText(
  history: readonly Turn[],
  limits: Pick<ChatLimits, 'historyTurns' | 'historyCharacters'>,
): string {
  const lines: string[] = [];
  let left = limits.historyCharacters;
  for (const turn of history.slice(-limits.historyTurns || history.length).toReversed()) {
    const line = `${turn.role === 'user' ? 'Reader' : 'You'}: ${neutralise(withoutMarkers(turn))}`;
    // One long turn shall not push out the others.
    const shown = clip(line, Math.min(left, Math.ceil(limits.historyCharacters / 2)));
    left -= shown.length + 1;
    if (shown.length < line.length && shown.length < 40) break;
    lines.unshift(shown);
    if (left <= 0) break;
  }
  return lines.length === 0 ? '(none)' : lines.join('\n');
}

/** Footnote numbers of an earlier answer mean nothing now, and would be imitated. */
function withoutMarkers({ role, content }: Turn): string {
  return role === 'assistant' ? content.replace(/\s*(?:\[\d{1,3}\])+/gu, '') : content;
}
