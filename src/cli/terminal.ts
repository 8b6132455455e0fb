/** What a command knows of the process that it runs in. */
export interface Terminal {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
  /** Whether colours may be written to a stream. */
  hasColour(stream: 'out' | 'err'): boolean;
  /** Columns of a stream; 80 where it is no terminal. */
  width(stream: 'out' | 'err'): number;
  readonly errIsTerminal: boolean;
}
