/** `@rest`: declares the REST route that a field also answers. The façade is generated from it (graphql-design 18). */
import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLString } from 'graphql';

const enumOf = (name: string, values: string[], description: string) =>
  new GraphQLEnumType({ name, description, values: Object.fromEntries(values.map((value) => [value, {}])) });

const required = (type: GraphQLEnumType | typeof GraphQLString) => ({ type: new GraphQLNonNull(type) });

export const restMethod = enumOf('RestMethod', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'HTTP method of a route.');
export const restEnvelope = enumOf('RestEnvelope', ['DATA', 'PAGE', 'LIST', 'CODE_DATA', 'MESSAGE', 'RAW', 'REDIRECT'], 'What stands around the data of an answer.');
export const restAuth = enumOf('RestAuth', ['NONE', 'SESSION', 'ACCESS_TOKEN', 'RELAY_KEY'], 'Credentials that a route takes.');
export const restCast = enumOf(
  'RestCast',
  ['INT', 'UNIX_SECONDS', 'UNIX_MILLISECONDS', 'UNIX_MINUS_ONE_IS_NULL', 'CSV_LIST', 'LINES', 'JSON_TEXT', 'LEGACY_ENUM', 'QUOTA_INT', 'QUOTA_CEIL', 'PAGE', 'BOOL_TEXT', 'LIKE_PERCENT', 'ON_OFF', 'ZERO_IS_NULL', 'PAIRS', 'ONE_IS_TRUE', 'ZERO_OR_ONE', 'AS_JSON_TEXT'],
  'How a value of the REST form becomes a GraphQL value.',
);
export const rateClass = enumOf('RateClass', ['NORMAL', 'SEARCH', 'CRITICAL'], 'Bucket that a route draws on.');

export const restBind = new GraphQLInputObjectType({
  name: 'RestBind',
  description: 'Where an argument comes from: query.x, path.x, body.x or const:VALUE.',
  fields: { from: required(GraphQLString), to: required(GraphQLString), cast: { type: restCast }, default: { type: GraphQLString } },
});

export const restDirective = new GraphQLDirective({
  name: 'rest',
  description: 'Also answers this REST route. The route is generated; it holds no logic of its own.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  isRepeatable: true,
  args: {
    method: required(restMethod),
    path: required(GraphQLString),
    when: { type: GraphQLString },
    bind: { type: new GraphQLList(new GraphQLNonNull(restBind)) },
    view: { type: GraphQLString },
    envelope: { type: new GraphQLNonNull(restEnvelope), defaultValue: 'DATA' },
    auth: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(restAuth))), defaultValue: ['SESSION', 'ACCESS_TOKEN'] },
    sideEffect: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: false },
    rate: { type: new GraphQLNonNull(rateClass), defaultValue: 'NORMAL' },
  },
});
