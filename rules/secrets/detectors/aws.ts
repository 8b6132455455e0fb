import { type Detector, matches } from './detector.js';
import { entropy } from './placeholder.js';

/** @source AWS IAM user guide, unique identifiers: the prefixes of access keys, then 16 characters of base 32 */
const KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/dg;

/** 40 characters of base 64, which may end in `+`, `/` or `=`, so no word boundary is asked for. */
const SECRET_KEY =
  /(?<![A-Za-z0-9])secret[_-]?access[_-]?key["'`]?[^\S\n]{0,20}(?::=|=>|:|=)\s{0,20}["'`]?(?<secret>[A-Za-z0-9/+]{38,40}={0,2})(?![A-Za-z0-9/+=])/dgi;
const SECRET_KEY_AWS =
  /aws_?secret(?:_?access)?_?key["'`]?[^\S\n]{0,20}(?::=|=>|:|=)\s{0,20}["'`]?(?<secret>[A-Za-z0-9/+]{38,40}={0,2})(?![A-Za-z0-9/+=])/dgi;

/** AWS marks the keys of its documentation with this word. */
const isReal = (secret: string) => !secret.includes('EXAMPLE') && entropy(secret) > 3;

export const aws: readonly Detector[] = [
  {
    id: 'aws-access-key-id',
    title: 'AWS access key id',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    confirm: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/,
    prefix: /^A[A-Z]{3}/,
    find: (text) => matches(text, KEY_ID, (id) => !id.includes('EXAMPLE')),
  },
  {
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    keywords: ['secretkey', 'secret_key', 'secret-key', 'secretaccess', 'secret_access', 'secret-access'],
    confirm: /secret[_-]?(?:access[_-]?)?key["'`]?\s*(?::|=)/i,
    *find(text) {
      for (const pattern of [SECRET_KEY, SECRET_KEY_AWS]) {
        for (const span of matches(text, pattern, isReal)) if (span.end - span.start === 40) yield span;
      }
    },
  },
];
