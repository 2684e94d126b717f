/** What a line says besides its message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where a server writes what happens. */
export interface Logger {
  error(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  debug(fields: LogFields, message: string): void;
}

/** Lines of at least this weight are written. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
