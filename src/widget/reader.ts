// What the pages of the reading room do better with JavaScript. Without it they do the same with more loading.

showMarkedPassage();
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches('#check form')) return;
  event.preventDefault();
  void checkAgain(form);
});

/** Brings the passage that the address names into view, also where the address does not name its place. */
function showMarkedPassage(): void {
  const mark = document.getElementById('cite');
  if (!mark || !['', '#cite'].includes(location.hash) || isReturn()) return;
  mark.scrollIntoView({ block: 'center', behavior: 'instant' });
  mark.focus({ preventScroll: true });
}

/** Whether the browser shows a page again, where the reader left it. */
function isReturn(): boolean {
  return performance
    .getEntriesByType('navigation')
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward');
}

/** Sends the form and shows the result in place: that part of the page which the form leads to. */
async function checkAgain(form: HTMLFormElement): Promise<void> {
  const section = form.closest('#check');
  const status = form.querySelector('[role="status"]');
  if (!section || !status || section.ariaBusy === 'true') return;
  section.ariaBusy = 'true';
  status.textContent = form.dataset['running'] ?? '';
  try {
    const result = await fetchResult(form.action);
    section.querySelector('#result')?.remove();
    section.append(result);
    status.textContent = '';
    result.focus();
  } catch {
    status.textContent = form.dataset['failed'] ?? '';
  } finally {
    section.ariaBusy = 'false';
  }
}

/** The result on the page that a POST to `address` leads to. @throws Error when there is none. */
async function fetchResult(address: string): Promise<HTMLElement> {
  const response = await fetch(address, { method: 'POST', headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const result = page.getElementById('result');
  if (!response.ok || !result) throw new Error(`There is no result: ${response.status}.`);
  return document.adoptNode(result);
}
