/** `discord:1234` for a guild, channel or user of Discord. */
export const idOf = (snowflake: string): string => `discord:${snowflake}`;

/** Discord's own id in an id of ours; `undefined` for one of another platform or a private chat's. */
export const snowflakeOf = (id: string): string | undefined => /^discord:(\d+)$/.exec(id)?.[1];
