import { getDefaultSearchPlaces } from 'cosmiconfig';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CONFIG_NAMES } from '../../src/cli/config-names.js';

test('every place where cosmiconfig looks is one where we look', () => {
  const missing = getDefaultSearchPlaces('nonstop').filter((name) => !CONFIG_NAMES.includes(name));
  assert.equal(missing, []);
  assert.is(CONFIG_NAMES[0], 'nonstop.config.json');
});

test.run();
