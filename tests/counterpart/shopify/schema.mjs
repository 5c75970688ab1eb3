// The published Admin schemas, one per API version, as graphql-js objects.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema } from 'graphql';

/** The version a schema file is for, taken from its name (`admin_2026-10.json.gz`). */
export function version_of(file) {
  const match = /(\d{4}-\d{2})/.exec(basename(file));
  if (!match) throw new Error(`${file}: no API version in the file's name`);
  return match[1];
}

/** Schema from an introspection file, gzipped or plain; throws when it is not one. */
export function load_schema(file) {
  const bytes = readFileSync(file);
  const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  const body = JSON.parse(text.toString('utf8'));
  return buildClientSchema(body.data ?? body, { assumeValid: true });
}

/** Versions served, newest falling back as Shopify does: too old means the oldest served. */
export class Schemas {
  #by_version = new Map();

  constructor(files) {
    for (const file of files) this.#by_version.set(version_of(file), load_schema(file));
    this.versions = [...this.#by_version.keys()].sort();
  }

  /** {version, schema} that answers a request for `asked`; null when there is none. */
  serve(asked) {
    if (!/^\d{4}-(01|04|07|10)$/.test(asked)) return null;
    const oldest = this.versions[0];
    const version = asked < oldest ? oldest : asked;
    const schema = this.#by_version.get(version);
    return schema ? { version, schema } : null;
  }

  newest() {
    return this.versions.at(-1);
  }
}
