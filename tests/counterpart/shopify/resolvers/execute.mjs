// Runs a checked document against the shop's state. A field this counterpart does not keep is an
// error that names it, so that nothing ever looks empty that is only unknown.
import { execute, isAbstractType } from 'graphql';
import { mutations } from './mutation.mjs';
import { queries } from './query.mjs';
import { types } from './types.mjs';

const by_type = { ...types, QueryRoot: queries, Mutation: mutations };

function resolve_field(source, args, context, info) {
  const own = by_type[info.parentType.name]?.[info.fieldName];
  if (own) return own(source, args, context, info);
  const value = source?.[info.fieldName];
  if (value !== undefined && typeof value !== 'function') return value;
  const payload = info.parentType.name.endsWith('Payload')
    || info.parentType.name.endsWith('UserError');
  if (payload) return null;
  context.unkept.add(`${info.parentType.name}.${info.fieldName}`);
  throw new Error(`The counterpart keeps no ${info.parentType.name}.${info.fieldName}`);
}

const resolve_type = (value, _context, _info, type) =>
  (isAbstractType(type) ? value.__typename : undefined);

/** {data, errors} of one operation; `context` carries shop, version, scopes and tallies. */
export function run(schema, document, variables, operation_name, context) {
  return execute({
    schema, document, variableValues: variables ?? {}, operationName: operation_name,
    contextValue: { ...context, info_schema: schema },
    fieldResolver: resolve_field, typeResolver: resolve_type,
  });
}
