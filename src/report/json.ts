import { jsonText } from './escape.js';
import type { Render } from './format.js';

/** The result as docs/json.md describes it; without clock time or absolute paths, so the same input gives the same bytes. */
export const json: Render = ({ tool, result, timings }) => {
  const { verdict, exitCode, asOf, point, snapshot, rules, findings, notEvaluated, announcements, counts } = result;
  const shown = {
    schemaVersion: 1,
    tool,
    verdict,
    exitCode,
    asOf,
    point,
    snapshot,
    rules: rules.map(({ summary, scans, ...rule }) => rule),
    findings: findings.map(({ excerpt, fix, ...finding }) => finding),
    notEvaluated,
    announcements,
    counts,
    ...(timings === null ? {} : { timings }),
  };
  return jsonText(shown);
};
