/** What stands in place of a secret. Its length says nothing about the secret's. */
export const MASK = '********';
