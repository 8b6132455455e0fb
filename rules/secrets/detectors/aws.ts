import { type Detector, matches } from './detector.js';
import { isFiller } from './placeholder.js';

/** @source AWS IAM user guide, unique identifiers: the prefixes of access keys, then 16 characters of base 32 */
const KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/dg;

/**
 * A name that only this key has, then `=`, `:`, `=>`, `:=`, `,`, `>` or a space, then 40 characters of base 64. They may end in `+`,
 * `/` or `=`, so no word boundary is asked for.
 */
const SECRET_KEY =
  /(?:secret[_-]?access[_-]?key|aws[_-]?secret(?:[_-]?key)?)(?:\\{0,3}["'`])?(?:[^\S\n]{0,20}(?::=|=>|[:=,>])\s{0,20}|[^\S\n]{1,20})(?:\\{0,3}["'`])?(?<secret>[A-Za-z0-9/+]{38,40}={0,2})(?![A-Za-z0-9/+=])/dgi;

/** AWS ends the keys of its documentation in this word. Of 40 random characters some are upper case and some are lower. */
export function isSecretKey(key: string): boolean {
  return key.length === 40 && !/EXAMPLE(?:KEY)?$/.test(key) && /[A-Z]/.test(key) && /[a-z]/.test(key) && !isFiller(key);
}

export const aws: readonly Detector[] = [
  {
    id: 'aws-access-key-id',
    title: 'AWS access key id',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    confirm: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/,
    prefix: /^A[A-Z]{3}/,
    find: (text) => matches(text, KEY_ID, (id) => !id.endsWith('EXAMPLE') && !isFiller(id.slice(4))),
  },
  {
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    keywords: ['secretaccess', 'secret_access', 'secret-access', 'awssecret', 'aws_secret', 'aws-secret'],
    confirm: /(?:secret[_-]?access|aws[_-]?secret)/i,
    find: (text) => matches(text, SECRET_KEY, isSecretKey),
  },
];
