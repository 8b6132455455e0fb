/** Whole values that stand for a credential in documentation. Never parts: real ones contain "test" or "true" too. */
const WORDS = new Set(
  `password passwd pass pwd secret token key apikey api_key user username admin root postgres mysql guest test example changeme
  change_me changeit mypassword my_password yourpassword your_password your-password redacted hidden masked none null true false
  undefined placeholder dummy foobar foo bar string value localhost`.split(/\s+/),
);

/** `${X}`, `$X`, `$(x)`, `{{x}}`, `{x}`, `<x>`, `%X%`, `%s`, `process.env.X`, `@x@`: filled in elsewhere. */
const REFERENCE =
  /^(\$\{.*\}?|\$\(.*\)?|\$[A-Za-z_]\w*|\{\{.*|\{.*\}|<.*>|&lt;.*|%\w*%?|#\{.*|@\w+@|process\.env.*|os\.environ.*)$/s;

/** Whether a value only marks the place of a credential. */
export function isPlaceholder(value: string): boolean {
  const bare = value.replace(/^["'`]|["'`]$/g, '');
  return bare === '' || WORDS.has(bare.toLowerCase()) || REFERENCE.test(bare) || isMonotonous(bare);
}

/** `xxxxxxxx`, `********`, `...`, `----`: one or two characters over and over. */
function isMonotonous(value: string): boolean {
  return new Set(value.toLowerCase()).size <= (value.length >= 8 ? 2 : 1);
}

/** Shannon entropy in bits a character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
