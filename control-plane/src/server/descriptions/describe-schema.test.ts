import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { expect, it } from 'vitest';
import { createSchema } from '../schema.ts';
import { argumentDescriptions } from './argument-descriptions.ts';
import { fieldDescriptions } from './field-descriptions.ts';
import { ownFieldDescriptions } from './own-field-descriptions.ts';
import { rootFieldDescriptions } from './root-field-descriptions.ts';
import { typeDescriptions } from './type-descriptions.ts';
import { valueDescriptions } from './value-descriptions.ts';
import { wireFieldDescriptions } from './wire-field-descriptions.ts';

/** Every place that can have a description, and the one that it has. */
function placesOf(): Map<string, string | null | undefined> {
  const places = new Map<string, string | null | undefined>();
  for (const type of Object.values(createSchema().getTypeMap())) {
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
const places = placesOf(), names = [...places.keys()];

it('every type, field, argument and value says what it means: beside its declaration, or in a table of this folder', () => {
  expect(names.filter((place) => !places.get(place)?.trim())).toEqual([]);
});

it('and says more than its name', () => {
  const bare = (text: string) => text.toLowerCase().replace(/^(the|a|an) /, '').replaceAll(/[^a-z0-9]/g, '');
  // Routes of HTTP and names of firms have no other words.
  const proper = /^(RestMethod|IdentityKind|PaymentProvider|CatalogueLocale)\./;
  expect(names.filter((place) => !proper.test(place) && bare(places.get(place) ?? '') === bare(place.split('.').at(-1)!))).toEqual([]);
});

it('no table speaks of what is gone', () => {
  const ends = (name: string, depth: number) => names.some((place) => place.split('.').length === depth && place.endsWith(`.${name}`));
  const gone = [
    ...Object.keys({ ...ownFieldDescriptions, ...rootFieldDescriptions, ...wireFieldDescriptions, ...typeDescriptions }).filter((place) => !places.has(place)),
    ...Object.keys(valueDescriptions).filter((place) => !places.has(place) && !names.some((name) => name.endsWith(place))),
    ...Object.keys(argumentDescriptions).filter((place) => (place.includes('.') ? !places.has(place) : !ends(place, 3))),
    ...Object.keys(fieldDescriptions).filter((name) => !ends(name, 2)),
  ];
  expect(gone).toEqual([]);
});
