/** What Discord answers to a request that it does not grant: an HTTP status and its own error code. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** The tree of what is wrong in the body, for code 50035. */
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** The refusals by name, with Discord's codes and words. */
export const refusals = {
  unauthorized: () => new Refusal(401, 0, "401: Unauthorized"),
  notFound: () => new Refusal(404, 0, "404: Not Found"),
  unknownChannel: () => new Refusal(404, 10003, "Unknown Channel"),
  unknownGuild: () => new Refusal(404, 10004, "Unknown Guild"),
  unknownMember: () => new Refusal(404, 10007, "Unknown Member"),
  unknownMessage: () => new Refusal(404, 10008, "Unknown Message"),
  unknownUser: () => new Refusal(404, 10013, "Unknown User"),
  unknownWebhook: () => new Refusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new Refusal(404, 10062, "Unknown interaction"),
  unknownCommand: () => new Refusal(404, 10063, "Unknown application command"),
  tooManyCommands: () =>
    new Refusal(400, 30032, "Maximum number of application commands reached (100)"),
  tooLarge: () => new Refusal(413, 40005, "Request entity too large"),
  acknowledged: () => new Refusal(400, 40060, "Interaction has already been acknowledged."),
  missingAccess: () => new Refusal(403, 50001, "Missing Access"),
  notYourMessage: () => new Refusal(403, 50005, "Cannot edit a message authored by another user"),
  empty: () => new Refusal(400, 50006, "Cannot send an empty message"),
  closedPrivateChat: () => new Refusal(403, 50007, "Cannot send messages to this user"),
  missingPermissions: () => new Refusal(403, 50013, "Missing Permissions"),
  oldToken: () => new Refusal(401, 50027, "Invalid Webhook Token"),
  threadArchived: () => new Refusal(400, 50083, "Thread is archived"),
  bareForbidden: () => new Refusal(403, 403, "Forbidden"),
  bareNotFound: () => new Refusal(404, 404, "Not Found"),
  threadLocked: () => new Refusal(400, 160005, "Thread is locked"),
  noHistory: () =>
    new Refusal(400, 160002, "Cannot reply without permission to read message history"),
  hasThread: () => new Refusal(400, 160004, "A thread has already been created for this message"),
  invalid: (problems: readonly string[]) =>
    new Refusal(400, 50035, "Invalid Form Body", {
      _errors: problems.map((message) => ({ code: "BASE_TYPE_INVALID", message })),
    }),
  unknownReference: () =>
    new Refusal(400, 50035, "Invalid Form Body", {
      message_reference: {
        _errors: [{ code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" }],
      },
    }),
} as const;
