// Validates one document with its variables against a published schema and words the errors as
// a real store does. Decides nothing about state: a document that passes may still be refused.
import {
  GraphQLError, Kind, TypeInfo, getNamedType, isInputObjectType, parse, specifiedRules,
  typeFromAST, validate, visit, visitWithTypeInfo, print,
} from 'graphql';
import { check_input } from './inputs.mjs';

const max_page = 250;

function locations_of(node) {
  if (!node?.loc) return [];
  const { line, column } = node.loc.startToken;
  return [{ line, column }];
}

const operation_label = (node) =>
  node.name ? `${node.operation} ${node.name.value}` : node.operation;

/** Path of `target` inside the document as the recorded errors give it. */
function path_of(document, target) {
  let found = [];
  const stack = [];
  const part = (node) => {
    if (node.kind === Kind.OPERATION_DEFINITION) return operation_label(node);
    if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`;
    if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
    if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
    return null;
  };
  visit(document, {
    enter(node) {
      const label = part(node);
      if (label) stack.push(label);
      if (node === target || target?.kind === Kind.NAME && node.name === target) {
        found = [...stack];
      }
    },
    leave(node) {
      if (part(node)) stack.pop();
    },
  });
  return found;
}

/** Owner ("Field 'x'" or "InputObject 'Y'") of an argument node, for literals. */
function argument_above(document, target) {
  let hit = null;
  const stack = [];
  visit(document, {
    enter(node) {
      stack.push(node);
      if (node !== target) return;
      hit = stack.findLast((n) => n.kind === Kind.ARGUMENT);
      hit = { argument: hit, field: stack.findLast((n) => n.kind === Kind.FIELD) };
    },
    leave() {
      stack.pop();
    },
  });
  return hit;
}

const wordings = [
  [/^Cannot query field "(.+?)" on type "(.+?)"/, (m) => ({
    message: `Field '${m[1]}' doesn't exist on type '${m[2]}'`,
    extensions: { code: 'undefinedField', typeName: m[2], fieldName: m[1] },
  })],
  [/^Unknown argument "(.+?)" on field "(?:.+\.)?(.+?)"/, (m) => ({
    message: `Field '${m[2]}' doesn't accept argument '${m[1]}'`,
    extensions: {
      code: 'argumentNotAccepted', name: m[2], typeName: 'Field', argumentName: m[1],
    },
  })],
  [/^Variable "\$(.+?)" is not defined(?: by operation "(.+?)")?/, (m) => ({
    message: `Variable $${m[1]} is used by ${m[2] ?? 'anonymous query'} but not declared`,
    extensions: { code: 'variableNotDefined', variableName: m[1] },
  })],
  [/^Variable "\$(.+?)" is never used(?: in operation "(.+?)")?/, (m) => ({
    message: `Variable $${m[1]} is declared by ${m[2] ?? 'anonymous query'} but not used`,
    extensions: { code: 'variableNotUsed', variableName: m[1] },
  })],
  [/^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/, (m) => ({
    message: `Type mismatch on variable $${m[1]} (${m[2]} / ${m[3]})`,
    extensions: { code: 'variableMismatch', variableName: m[1], typeName: m[2] },
  })],
  [/^Field "(.+?)" of type "(.+?)" must have a selection/, (m) => ({
    message: `Field must have selections (field '${m[1]}' returns ${m[2].replace(/[![\]]/g, '')}`
      + ` but has no selections. Did you mean '${m[1]} { ... }'?)`,
    extensions: { code: 'selectionMismatch', nodeName: `field '${m[1]}'`, typeName: m[2] },
  })],
  [/^Field "(.+?)" must not have a selection since type "(.+?)"/, (m) => ({
    message: `Selections can't be made on scalars (field '${m[1]}' returns ${m[2]})`,
    extensions: { code: 'selectionMismatch', nodeName: `field '${m[1]}'`, typeName: m[2] },
  })],
  [/^Unknown type "(.+?)"/, (m) => ({
    message: `${m[1]} isn't a defined input type`,
    extensions: { code: 'variableRequiresValidType', typeName: m[1] },
  })],
  [/^Unknown fragment "(.+?)"/, (m) => ({
    message: `Fragment ${m[1]} was used, but not defined`,
    extensions: { code: 'useAndDefineFragment', fragmentName: m[1] },
  })],
];

const literal_error =
  /(cannot represent|does not exist in|is not defined by type|Expected value of)/;

function word_literal(document, error, node) {
  const above = argument_above(document, node);
  const name = above?.argument?.name.value ?? '';
  const field = above?.field?.name.value ?? '';
  const wanted = /type "(.+?)"|^(\w+) cannot represent/.exec(error.message);
  const expected = wanted?.[1] ?? wanted?.[2] ?? 'the argument';
  return {
    message: `Argument '${name}' on Field '${field}' has an invalid value`
      + ` (${above?.argument ? print(above.argument.value) : ''}). Expected type '${expected}'.`,
    locations: locations_of(above?.field ?? node),
    path: path_of(document, above?.argument ?? node),
    extensions: {
      code: 'argumentLiteralsIncompatible', typeName: 'Field', argumentName: name,
    },
  };
}

const missing_argument = /^Field "(.+?)" argument "(.+?)" of type ".+?" is required/;

/** graphql-js errors in the recorded words; missing arguments of one field become one error. */
function word_errors(document, errors) {
  const worded = [];
  const missing = new Map();
  for (const error of errors) {
    const node = error.nodes?.[0];
    const lacks = missing_argument.exec(error.message);
    if (lacks) {
      missing.set(node, [...(missing.get(node) ?? []), lacks[2]]);
      continue;
    }
    const match = wordings.find(([pattern]) => pattern.test(error.message));
    if (match) {
      const { message, extensions } = match[1](match[0].exec(error.message));
      const path = path_of(document, node);
      worded.push({ message, locations: locations_of(node), path, extensions });
    } else if (literal_error.test(error.message)) {
      worded.push(word_literal(document, error, node));
    } else {
      const path = path_of(document, node);
      const extensions = { code: 'invalidDocument' };
      worded.push({ message: error.message, locations: locations_of(node), path, extensions });
    }
  }
  for (const [node, names] of missing) {
    const name = node.name.value;
    const list = names.join(', ');
    worded.push({
      message: `Field '${name}' is missing required arguments: ${list}`,
      locations: locations_of(node),
      path: path_of(document, node),
      extensions: {
        code: 'missingRequiredArguments', className: 'Field', name, arguments: list,
      },
    });
  }
  return worded;
}

/** Deprecated fields, arguments, enum values and input fields that the document names. */
export function deprecated_in(schema, document) {
  const used = [];
  const info = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(info, {
    Field() {
      const def = info.getFieldDef();
      if (def?.deprecationReason) used.push(`${info.getParentType().name}.${def.name}`);
    },
    Argument(node) {
      const arg = info.getArgument();
      if (!arg?.deprecationReason) return;
      used.push(`${info.getParentType()?.name}.${info.getFieldDef()?.name}(${node.name.value})`);
    },
    ObjectField(node) {
      const parent = getNamedType(info.getParentInputType());
      if (!isInputObjectType(parent)) return;
      const field = parent.getFields()[node.name.value];
      if (field?.deprecationReason) used.push(`${parent.name}.${field.name}`);
    },
    EnumValue(node) {
      const value = info.getEnumValue();
      if (value?.deprecationReason) used.push(`${getNamedType(info.getInputType())}.${node.value}`);
    },
  }));
  return used;
}

function bad_request(message, node, document) {
  const path = path_of(document, node);
  return { message, locations: locations_of(node), path, extensions: { code: 'BAD_REQUEST' } };
}

/** Pages that say neither first nor last, or ask for more than a page may hold. */
function paging_errors(schema, document, variables) {
  const errors = [];
  const info = new TypeInfo(schema);
  const size = (node, name) => {
    const value = node.arguments?.find((a) => a.name.value === name)?.value;
    if (!value || value.kind === Kind.NULL) return null;
    if (value.kind === Kind.VARIABLE) return variables[value.name.value] ?? null;
    return Number(value.value);
  };
  visit(document, visitWithTypeInfo(info, {
    Field(node) {
      const type = getNamedType(info.getType());
      if (!type?.name.endsWith('Connection')) return;
      const asked = size(node, 'first') ?? size(node, 'last');
      if (asked === null) {
        errors.push(bad_request('you must provide one of first or last', node, document));
      } else if (asked > max_page) {
        const text = `The page size of ${asked} is greater than the maximum of ${max_page}.`;
        errors.push(bad_request(text, node, document));
      }
    },
  }));
  return errors;
}

function variable_errors(schema, operation, given) {
  const errors = [];
  const deprecated = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const value = given[name];
    if (value === undefined && definition.defaultValue) continue;
    const found = { problems: [], deprecated, oversized: [] };
    check_input(type, value, [], found);
    const locations = locations_of(definition);
    if (found.problems.length > 0) {
      const first = found.problems.map((p) => p.path.length
        ? `for ${p.path.join('.')} (${p.explanation})` : '').filter(Boolean).join(', ');
      errors.push({
        message: `Variable $${name} of type ${print(definition.type)} was provided invalid value`
          + (first ? ` ${first}` : ''),
        locations,
        extensions: { code: 'INVALID_VARIABLE', value: value ?? null, problems: found.problems },
      });
    }
    for (const { path, size } of found.oversized) {
      errors.push({
        message: `The input array size of ${size} is greater than the maximum allowed of 250.`,
        locations,
        path: [name, ...path],
        extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
      });
    }
  }
  return { errors, deprecated };
}

function operation_of(document, name) {
  const all = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  if (!name) return all.length === 1 ? all[0] : null;
  return all.find((d) => d.name?.value === name) ?? null;
}

const max_cached = 500;
const cached = new WeakMap();

/** What can be said of a text without its variables; remembered, since clients repeat texts. */
function check_text(schema, query) {
  if (!cached.has(schema)) cached.set(schema, new Map());
  const known = cached.get(schema);
  if (known.has(query)) return known.get(query);
  const document = parse(query);
  const found = validate(schema, document, specifiedRules, { maxErrors: 50 });
  const result = {
    document, errors: word_errors(document, found), deprecated: deprecated_in(schema, document),
  };
  if (known.size < max_cached) known.set(query, result);
  return result;
}

/**
 * Result of checking {query, variables, operationName}: {document, operation, name, root_field,
 * errors, deprecated}. `name` is the operation's own name, else its first root field. One that
 * cannot be parsed has no document and one error.
 */
export function check_request(schema, { query, variables, operationName }, values = true) {
  let text;
  try {
    text = check_text(schema, query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const extensions = { code: 'parseError' };
    const errors = [{ message: error.message, locations: error.locations ?? [], extensions }];
    const name = '(unparsed)';
    return { document: null, operation: null, name, root_field: '', errors, deprecated: [] };
  }
  const { document } = text;
  const operation = operation_of(document, operationName);
  const root = operation?.selectionSet.selections.find((s) => s.kind === Kind.FIELD);
  const name = operation?.name?.value ?? root?.name.value ?? '(none)';
  let { errors, deprecated } = text;
  if (!operation) {
    const message = 'An operation name is required';
    errors = [...errors, { message, locations: [], extensions: {} }];
  }
  if (errors.length === 0 && values) {
    const checked = variable_errors(schema, operation, variables ?? {});
    errors = [...checked.errors, ...paging_errors(schema, document, variables ?? {})];
    deprecated = [...deprecated, ...checked.deprecated];
  }
  return { document, operation, name, root_field: root?.name.value ?? '', errors, deprecated };
}
