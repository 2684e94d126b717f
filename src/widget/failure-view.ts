import { type ClientProblem, connectionBroken, connectionFailed } from './client.ts';
import { button, element } from './elements.ts';
import type { Strings } from './strings.ts';

/** What went wrong, with a button to try again that waits as long as the server asks for. */
export function createFailureView(
  problem: ClientProblem,
  strings: Strings,
  onRetry: () => void,
): HTMLElement {
  const retry = button({ class: 'retry' }, strings.retry, () => {
    if (retry.getAttribute('aria-disabled') !== 'true') onRetry();
  });
  const message = element('p', {}, failureText(problem, strings));
  const root = element('div', { class: 'failure', role: 'alert' }, message, retry);
  if (problem.retryAfter !== undefined && problem.retryAfter > 0) {
    countDown(retry, problem.retryAfter, strings);
  }
  return root;
}

// The clock decides, not the number of ticks: a page in the background ticks more slowly.
function countDown(retry: HTMLElement, seconds: number, strings: Strings): void {
  const end = Date.now() + seconds * 1_000;
  retry.setAttribute('aria-disabled', 'true');
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1_000);
    if (left > 0) {
      retry.textContent = strings.failures.wait(left);
      return;
    }
    clearInterval(timer);
    retry.removeAttribute('aria-disabled');
    retry.textContent = strings.retry;
  };
  const timer = setInterval(tick, 250);
  tick();
}

function failureText({ status, detail }: ClientProblem, { failures, offline }: Strings): string {
  if (status === connectionFailed) return navigator.onLine ? failures.connection : offline;
  if (status === connectionBroken) return failures.broken;
  if (status === 429) return failures.limited;
  if (status === 504) return failures.timeout;
  if (status === 502 || status === 503) return failures.unavailable;
  if (status >= 500) return failures.unexpected;
  return detail === undefined ? failures.refused : `${failures.refused} ${detail}`;
}
