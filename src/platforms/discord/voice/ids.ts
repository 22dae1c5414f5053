const prefix = "discord:";

/** `discord:1234` for a guild, channel or user of Discord. */
export const idOf = (snowflake: string): string => prefix + snowflake;

/** Discord's own id in an id of ours; `undefined` for one of another platform. */
export const snowflakeOf = (id: string): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
