/** What a command in a message may start with: a few signs that no sentence starts with. */
export const prefixPattern = /^[^\s\p{L}\p{N}]{1,5}$/u;
