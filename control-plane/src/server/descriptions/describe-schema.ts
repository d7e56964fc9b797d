/**
 * Gives a description to what has none where it is declared. Words that mean the same on every type are written once, here, instead
 * of beside each of fifty fields; a field that needs words of its own has them where it is declared, or in a table of its kind.
 */
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql';
import { argumentDescriptions } from './argument-descriptions.ts';
import { fieldDescriptions } from './field-descriptions.ts';
import { ownFieldDescriptions } from './own-field-descriptions.ts';
import { rootFieldDescriptions } from './root-field-descriptions.ts';
import { typeDescriptions, typeEndings } from './type-descriptions.ts';
import { valueDescriptions } from './value-descriptions.ts';
import { wireFieldDescriptions } from './wire-field-descriptions.ts';

interface Described { description?: string | null | undefined; astNode?: unknown }

const specific: Readonly<Record<string, string>> = { ...rootFieldDescriptions, ...ownFieldDescriptions, ...wireFieldDescriptions };

const ofEnding = (name: string): string | undefined => typeEndings.find(([ending]) => name.endsWith(ending))?.[1];

const give = (one: Described, ...texts: (string | undefined)[]): void => { one.description ??= texts.find((text) => text !== undefined); };

/** Fills what is missing; what a declaration says stays. */
export function describeSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    give(type, typeDescriptions[type.name], ofEnding(type.name));
    if (isEnumType(type)) for (const value of type.getValues()) give(value, valueDescriptions[`${type.name}.${value.name}`], type.name.endsWith('OrderField') ? valueDescriptions[`OrderField.${value.name}`] : undefined);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const place = `${type.name}.${field.name}`;
      give(field, specific[place], fieldDescriptions[field.name]);
      for (const argument of 'args' in field ? field.args : []) give(argument, argumentDescriptions[`${place}.${argument.name}`], argumentDescriptions[argument.name]);
    }
  }
  return schema;
}

/** Every place that can have a description, and the one that it has. */
export function placesOf(schema: GraphQLSchema): Map<string, string | null | undefined> {
  const places = new Map<string, string | null | undefined>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    if (!/^(Query|Mutation|Subscription)$/.test(type.name)) places.set(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) places.set(`${type.name}.${value.name}`, value.description);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      places.set(`${type.name}.${field.name}`, field.description);
      for (const argument of 'args' in field ? field.args : []) places.set(`${type.name}.${field.name}.${argument.name}`, argument.description);
    }
  }
  return places;
}

export const silentPlaces = (schema: GraphQLSchema): string[] => [...placesOf(schema)].flatMap(([place, text]) => (text?.trim() ? [] : [place]));
