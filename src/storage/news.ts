/** What other processes on the same database may have changed. */
export type NewsTopic = "knowledge" | "jobs";

/** Wakes those who follow a topic as soon as another process has committed something of it. */
export type News = {
  on(topic: NewsTopic, listener: () => void): void;
  stop(): Promise<void>;
};
