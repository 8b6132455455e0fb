/** Time for the engine, which has none of its own. */
export interface Clock {
  /** Calls back after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, call: () => void): () => void;
  /** Lets timers and input come through between two pieces of work. */
  pause(): Promise<void>;
}
