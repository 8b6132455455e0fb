import { removeValue } from '../../src/config/edit.js';
import { editTable } from '../helpers/edit-table.js';

editTable(
  (text, path, _, file) => removeValue(text, path, file),
  [
    {
      name: 'a property goes with its line, and the comment above it stays',
      before: '{\n  "a": 1,\n  // about b and c\n  "b": 2, // only b\n  "c": 3\n}\n',
      path: ['b'],
      after: '{\n  "a": 1,\n  // about b and c\n  "c": 3\n}\n',
    },
    {
      name: "the next property's comments stay",
      before: '{\n  "a": 1,\n  /* about b */ "b": 2,\n  /* about\n     c */\n  "c": 3 // c\n}\n',
      path: ['b'],
      after: '{\n  "a": 1,\n  /* about\n     c */\n  "c": 3 // c\n}\n',
    },
    {
      name: 'without the last, the one before it loses its comma and keeps its comment',
      before: '{\n  "a": 1, // about a\n  "b": 2\n}\n',
      path: ['b'],
      after: '{\n  "a": 1 // about a\n}\n',
    },
    {
      name: 'a trailing comma stays one',
      before: '{\n  "a": 1,\n  "b": 2,\n}\n',
      path: ['b'],
      after: '{\n  "a": 1,\n}\n',
    },
    { name: 'the first on one line', before: '{ "a": 1, "b": 2 }', path: ['a'], after: '{ "b": 2 }' },
    {
      name: 'the last on one line',
      before: '{ "a": 1 /* a */, "b": 2 /* b */ }',
      path: ['b'],
      after: '{ "a": 1 /* a */ }',
    },
    { name: 'one in the middle', before: '[1, /* two */ 2, /* three */ 3]', path: [1], after: '[1, /* three */ 3]' },
    { name: 'the only one', before: '{ "a": 1, }', path: ['a'], after: '{}' },
    { name: 'the only one with a line', before: '{\n  "a": 1\n}', path: ['a'], after: '{\n}' },
    { name: 'the only one beside a comment', before: '{ /* none */ "a": 1 }', path: ['a'], after: '{ /* none */ }' },
    {
      name: 'commas that lead the lines',
      before: '{\n  "a": 1 // a\n  , "b": 2 // b\n  , "c": 3\n}',
      path: ['b'],
      after: '{\n  "a": 1 // a\n  , "c": 3\n}',
    },
    {
      name: 'a brace behind the last is not swallowed by a line comment',
      before: '{\n  "a": 1,\n  // about b\n  "b": 2 }',
      path: ['b'],
      after: '{\n  "a": 1\n  // about b\n  }',
    },
  ],
);
