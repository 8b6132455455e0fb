import { appendItem } from '../../src/config/edit.js';
import { editTable } from '../helpers/edit-table.js';

const WAIVER = { rule: 'secrets', reason: 'moved to the vault', owner: '@team-pay', until: '2026-01-31' };

editTable(appendItem, [
  {
    name: 'an item goes behind the others on one line',
    before: '{ "ignore": ["a/**" /* old */] }',
    path: ['ignore'],
    value: 'b/**',
    after: '{ "ignore": ["a/**" /* old */, "b/**"] }',
  },
  {
    name: 'an item gets a line where the others have one',
    before: '{\n  "ignore": [\n    // built\n    "dist/**" // by esbuild\n    // more to come\n  ]\n}\n',
    path: ['ignore'],
    value: 'out/**',
    after: '{\n  "ignore": [\n    // built\n    "dist/**", // by esbuild\n    "out/**"\n    // more to come\n  ]\n}\n',
  },
  {
    name: 'a list that is absent is made, a line for each object',
    before: '{\n  "rules": { "secrets": "block" },\n}\n',
    path: ['waivers'],
    value: WAIVER,
    after: `{\n  "rules": { "secrets": "block" },\n  "waivers": [\n    {\n      "rule": "secrets",\n      "reason": "moved to the vault",\n      "owner": "@team-pay",\n      "until": "2026-01-31",\n    },\n  ],\n}\n`,
  },
  {
    name: 'an object on one line where it fits and the others are so',
    before: '{\n  "waivers": [\n    { "rule": "a" }\n  ]\n}\n',
    path: ['waivers'],
    value: { rule: 'b', until: '2026-01-31' },
    after: '{\n  "waivers": [\n    { "rule": "a" },\n    { "rule": "b", "until": "2026-01-31" }\n  ]\n}\n',
  },
  {
    name: 'brackets and braces that share lines',
    before: '{ "waivers": [{\n  "rule": "a"\n}] }',
    path: ['waivers'],
    value: { rule: 'b' },
    after: '{ "waivers": [{\n  "rule": "a"\n}, {\n  "rule": "b"\n}] }',
  },
  { name: 'into []', before: '{\n  "a": []\n}', path: ['a'], value: 1, after: '{\n  "a": [1]\n}' },
  {
    name: 'an object into []',
    before: '{\n  "a": []\n}',
    path: ['a'],
    value: { b: 1 },
    after: '{\n  "a": [\n    { "b": 1 }\n  ]\n}',
  },
  { name: 'to the whole', before: '[\n1,\n]', path: [], value: [], after: '[\n1,\n[],\n]' },
]);
