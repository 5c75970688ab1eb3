// Checks .graphql files against published schemas:
//   node validate.mjs --schema FILE [--schema FILE…] FILES…
// Prints one line per file and version, then the counts; exit code 1 unless all are valid, use
// nothing deprecated and stay below the cost of one query.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { check_request } from './check.mjs';
import { max_query_cost, requested_cost } from './cost.mjs';
import { load_schema, version_of } from './schema.mjs';

/** {invalid, deprecated, costly, lines} of all `files` against one schema. */
export function validate_files(schema, version, files) {
  const sums = { invalid: 0, deprecated: 0, costly: 0, lines: [] };
  for (const file of files) {
    const checked = check_request(schema, { query: readFileSync(file, 'utf8') }, false);
    const valid = checked.errors.length === 0;
    const { document, operation } = checked;
    const cost = valid ? requested_cost(schema, document, operation, page_sizes) : 0;
    sums.invalid += valid ? 0 : 1;
    sums.deprecated += checked.deprecated.length;
    sums.costly += cost > max_query_cost ? 1 : 0;
    const words = checked.errors.map((e) => e.message).concat(checked.deprecated);
    const state = valid ? `ok cost ${cost}` : 'INVALID';
    sums.lines.push([version, basename(file), state, ...words].join('  '));
  }
  return sums;
}

/** Page sizes given by variables are priced at the largest page. */
const page_sizes = new Proxy({}, { get: () => 250 });

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { schema: { type: 'string', multiple: true } },
  });
  if (!values.schema || positionals.length === 0) {
    process.stderr.write('usage: node validate.mjs --schema FILE [--schema FILE…] FILES…\n');
    process.exit(2);
  }
  let bad = 0;
  for (const file of values.schema) {
    const version = version_of(file);
    const sums = validate_files(load_schema(file), version, positionals);
    process.stdout.write(`${sums.lines.join('\n')}\n`);
    process.stdout.write(`${version}: ${positionals.length} files, ${sums.invalid} invalid, `
      + `${sums.deprecated} deprecated, ${sums.costly} too costly\n`);
    bad += sums.invalid + sums.deprecated + sums.costly;
  }
  process.exit(bad === 0 ? 0 : 1);
}
