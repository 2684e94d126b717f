import type { Language } from '../../protocol/ingest.ts';
import { type Api, refusalOf } from './api.ts';
import { part } from './parts.ts';
import type { AdminStrings } from './strings.ts';

/** What all parts of the page share. */
export interface AdminContext {
  readonly api: Api;
  readonly say: AdminStrings;
  readonly language: Language;
  /** Says something to those who do not see the page. */
  readonly announce: (words: string) => void;
  /** Says what is wrong, in sight of everybody; an empty text takes it back. */
  readonly complain: (words: string) => void;
  /** Does `work`, and says what went wrong with it; asks for a key where that is the reason. */
  readonly run: (work: () => Promise<unknown>) => void;
}

export function createReports(
  api: Api,
  say: AdminStrings,
): Pick<AdminContext, 'announce' | 'complain' | 'run'> {
  const announce = (words: string) => {
    part('announcement', HTMLElement).textContent = words;
  };
  const complain = (words: string) => {
    const failure = part('failure', HTMLElement);
    failure.hidden = words === '';
    failure.textContent = words;
    failure.scrollIntoView({ block: 'nearest' });
  };
  return {
    announce,
    complain,
    run(work) {
      work().catch((error: unknown) => {
        const refused = refusalOf(error);
        if (refused?.status === 401 || refused?.status === 403) askForKey();
        else complain(say.failed(refused?.detail ?? String(error)));
      });
    },
  };

  function askForKey(): void {
    if (api.hasKey()) complain(say.badKey);
    api.forgetKey();
    part('work', HTMLElement).hidden = true;
    part('key', HTMLFormElement).hidden = false;
    part('key-value', HTMLInputElement).focus();
  }
}
