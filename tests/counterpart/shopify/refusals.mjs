// Top-level errors as a real store words them, for requests that are in themselves valid: what a
// shop on another version, with other scopes or other limits would answer to them.

const at = [{ line: 2, column: 3 }];

/** By code: the error's members for the root field `field` of the operation `name`. */
const shapes = {
  undefinedField: (field, name) => ({
    message: `Field '${field}' doesn't exist on type 'QueryRoot'`,
    path: [`operation ${name}`, field],
    extensions: { code: 'undefinedField', typeName: 'QueryRoot', fieldName: field },
  }),
  missingRequiredArguments: (field, name) => ({
    message: `Field '${field}' is missing required arguments: key`,
    path: [`operation ${name}`, field],
    extensions: {
      code: 'missingRequiredArguments', className: 'Field', name: field, arguments: 'key',
    },
  }),
  argumentLiteralsIncompatible: (field, name) => ({
    message: `Argument 'id' on Field '${field}' has an invalid value (1). Expected type 'ID!'.`,
    path: [`operation ${name}`, field, 'id'],
    extensions: {
      code: 'argumentLiteralsIncompatible', typeName: 'Field', argumentName: 'id',
    },
  }),
  argumentNotAccepted: (field, name) => ({
    message: `Field '${field}' doesn't accept argument 'id'`,
    path: [`operation ${name}`, field, 'id'],
    extensions: {
      code: 'argumentNotAccepted', name: field, typeName: 'Field', argumentName: 'id',
    },
  }),
  INVALID_VARIABLE: () => ({
    message: 'Variable $id of type ID! was provided invalid value',
    extensions: {
      code: 'INVALID_VARIABLE', value: null,
      problems: [{ path: [], explanation: 'Expected value to not be null' }],
    },
  }),
  RESOURCE_NOT_FOUND: (field) => ({
    message: 'invalid id', path: [field], extensions: { code: 'RESOURCE_NOT_FOUND' },
  }),
  MAX_INPUT_SIZE_EXCEEDED: (field) => ({
    message: 'The input array size of 251 is greater than the maximum allowed of 250.',
    path: [field],
    extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
  }),
  MAX_COST_EXCEEDED: () => ({
    message: 'Query cost is 1204, which exceeds the single query max cost limit (1000).',
    extensions: {
      code: 'MAX_COST_EXCEEDED', cost: 1204, maxCost: 1000,
      documentation: 'https://shopify.dev/api/usage/rate-limits',
    },
  }),
};

/** The codes there are. */
export const error_codes = Object.keys(shapes);

/** The body of a refusal with `code`; throws RangeError for a code that has no shape. */
export function top_level_error(code, checked) {
  const shape = shapes[code];
  if (!shape) throw new RangeError(`no such error: ${code}`);
  return { errors: [{ locations: at, ...shape(checked.root_field, checked.name) }] };
}
