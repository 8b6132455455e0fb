/**
 * What documentation writes in the place of a credential. A value made of nothing but these words is none; one that only contains
 * some may well be, since real ones contain "test" or "true" too.
 */
const WORDS = new Set(
  `a access actual admin an and anoncvs anonymous any api apikey app auth bar basic baz bearer change changeit changeme client
  credential credentials database db default demo do dummy enter example fake false fixme foo foobar for from generated get go goes
  guest hello here hidden host id in insert into is it its key localhost masked me mongo mongodb my mypass mypassword mysql mytoken name
  new none not null of on one opensesame or oauth own pass passphrase password passwd passwort paste personal place placeholder postgres
  private provide pserver put pw pwd qwerty rabbitmq real redacted redis registry removed replace replaceme root sample secret set some
  something string super supersecret test that the this to todo token true tbd undefined use user username value with world write xxx xyzzy
  your yourpassword yourtoken`.split(/\s+/),
);

/** `${X}`, `$X`, `$(x)`, `{{x}}`, `{x}`, `#{x}`, `<x>`, `[x]`, `%X%`, `%s`, `%(x)s`, `@x@`, `process.env.X`: filled in elsewhere. */
const REFERENCE =
  /^(?:\$\{.*|[#%]?\{.*\}|\$\(.*|\$[A-Z_][A-Z0-9_]*|\$[A-Za-z_]+\d?|<.*>?|&lt;.*|\[[\w -]+\]|%[A-Za-z_]{2,}%|(?:%[sdv])+|%\(\w+\)s?|@\w+@|(?:process\.|import\.meta\.)?env\..*|os\.(?:environ|getenv).*|ENV\[.*)$/s;

/** Whether a value is filled in elsewhere, or is one character over and over. */
export function isReference(value: string): boolean {
  const bare = value.replace(/^["'`]|["'`]$/g, '');
  return REFERENCE.test(bare) || TEMPLATE.test(bare) || isMonotonous(bare);
}

/** A template in any place of a value: `{x}`, `${x}`, `{{x}}`, `$(x)`, `<x>`. */
const TEMPLATE = /\{[^{}]*\}|\$\([^)]*\)|<[^<>]*>/;

/** Whether a value only marks the place of a credential. */
export function isPlaceholder(value: string): boolean {
  const bare = value.replace(/^["'`]|["'`]$/g, '');
  return REFERENCE.test(bare) || isMonotonous(bare) || wordsOf(bare).every((word) => WORDS.has(word));
}

/** `yourApiKey`, `YOUR_API_KEY` → your, api, key */
function wordsOf(value: string): string[] {
  const words = value.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** `xxxxxxxx`, `********`, `...`, `----`: one or two characters over and over. */
function isMonotonous(value: string): boolean {
  return new Set(value.toLowerCase()).size <= (value.length >= 8 ? 2 : 1);
}

/**
 * Whether the random part of a token is what documentation puts there: `xxxx…`, `0000…`, `****…`. No other run is taken for made up:
 * of a token whose issuer's prefix and length are right it is better to be told once too often.
 */
export function isFiller(random: string): boolean {
  const signs = random.replace(/[-_.:/]/g, '').toLowerCase();
  return signs.length >= 8 && /^(?:[x0]+|\*+|\?+|#+)$/.test(signs);
}

/** `abcdef12345`, `12345678`: for the most part a row of the alphabet or of digits. */
export function isRow(value: string): boolean {
  let inOrder = 0;
  for (let at = 1; at < value.length; at++) {
    const step = value.charCodeAt(at) - value.charCodeAt(at - 1);
    if (step === 0 || step === 1) inOrder++;
  }
  return inOrder * 2 > value.length;
}
