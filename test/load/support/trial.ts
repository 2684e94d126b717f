import type { Client } from './client.ts';
import type { TestedServer } from './server.ts';

/** What every trial is given. */
export interface TrialOptions {
  readonly server: TestedServer;
  readonly client: Client;
  /** Requests a second; the trial's own default when absent. */
  readonly rate: number | undefined;
  /** The trial's own default when absent. */
  readonly minutes: number | undefined;
  /** As short as possible: shows that everything runs, and bounds that need time are not checked. */
  readonly smoke: boolean;
  /** Told what goes on, a line at a time. */
  readonly progress: (text: string) => void;
}
