// Checks values of variables against their declared input types, in the words of the recorded
// answers; counts what is deprecated on the way. Never changes a value.
import {
  isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType,
} from 'graphql';
import { stringify } from './json.mjs';

const global_id = /^gid:\/\/shopify\/[A-Za-z]+\/[\w-]+(\?.*)?$/;
const max_input_size = 250;

const scalar_tests = {
  Int: (v) => Number.isInteger(v) && v >= -(2 ** 31) && v < 2 ** 31,
  Float: (v) => typeof v === 'number',
  String: (v) => typeof v === 'string',
  Boolean: (v) => typeof v === 'boolean',
  ID: (v) => (typeof v === 'string' || Number.isInteger(v)),
  DateTime: (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\dT/.test(v) && !isNaN(Date.parse(v)),
  Date: (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v),
  Money: (v) => /^-?\d+(\.\d+)?$/.test(String(v)),
  Decimal: (v) => /^-?\d+(\.\d+)?$/.test(String(v)),
  UnsignedInt64: (v) => /^\d+$/.test(String(v)),
  URL: (v) => typeof v === 'string' && URL.canParse(v),
};

/** Whether `value` is one of the named scalar's; unknown scalars take anything. */
export const fits_scalar = (name, value) => scalar_tests[name]?.(value) ?? true;

const shown = (value) => stringify(value) ?? 'null';

function check_scalar(type, value, path, found) {
  if (!fits_scalar(type.name, value)) {
    const explanation = `Could not coerce value ${shown(value)} to ${type.name}`;
    found.problems.push({ path, explanation });
  } else if (type.name === 'ID' && !global_id.test(value)) {
    found.problems.push({ path, explanation: `Invalid global id '${value}'` });
  }
}

function check_enum(type, value, path, found) {
  const known = type.getValue(String(value));
  if (!known || typeof value !== 'string') {
    const names = type.getValues().map((v) => v.name).join(', ');
    found.problems.push({ path, explanation: `Expected ${shown(value)} to be one of: ${names}` });
  } else if (known.deprecationReason) {
    found.deprecated.push(`${type.name}.${value}`);
  }
}

function check_object(type, value, path, found) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const explanation = `Expected ${shown(value)} to be a key-value object.`;
    found.problems.push({ path, explanation });
    return;
  }
  const fields = type.getFields();
  for (const [name, item] of Object.entries(value)) {
    const field = fields[name];
    const where = [...path, name];
    if (!field) {
      found.problems.push({ path: where, explanation: `Field is not defined on ${type.name}` });
      continue;
    }
    if (field.deprecationReason) found.deprecated.push(`${type.name}.${name}`);
    check_input(field.type, item, where, found);
  }
  for (const field of Object.values(fields)) {
    const needed = isNonNullType(field.type) && field.defaultValue === undefined;
    if (needed && !(field.name in value)) {
      const explanation = 'Expected value to not be null';
      found.problems.push({ path: [...path, field.name], explanation });
    }
  }
  if (type.isOneOf && Object.keys(value).length !== 1) {
    found.problems.push({ path, explanation: `'${type.name}' requires exactly one argument` });
  }
}

/**
 * Adds to `found` ({problems, deprecated, oversized}) whatever is wrong with `value` as `type`.
 */
export function check_input(type, value, path, found) {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) {
      found.problems.push({ path, explanation: 'Expected value to not be null' });
      return;
    }
    check_input(type.ofType, value, path, found);
    return;
  }
  if (value === null || value === undefined) return;
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [value];
    if (items.length > max_input_size) found.oversized.push({ path, size: items.length });
    items.forEach((item, i) => check_input(type.ofType, item, [...path, i], found));
  } else if (isInputObjectType(type)) {
    check_object(type, value, path, found);
  } else if (isEnumType(type)) {
    check_enum(type, value, path, found);
  } else if (isScalarType(type)) {
    check_scalar(type, value, path, found);
  }
}
