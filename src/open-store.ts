import type { Config } from './config.ts';
import { openLocalStore } from './local-store.ts';
import { openPostgresStore } from './postgres-store.ts';
import type { Store, StoreOptions } from './store.ts';

/** The store that the settings name. Nothing is opened, or connected to, before it is used. */
export function openStore(config: Config, options: StoreOptions): Store {
  return config.store.kind === 'postgres'
    ? openPostgresStore(config, config.store, options)
    : openLocalStore(config, options);
}
