import { expect, it } from 'vitest';
import { createSchema } from '../schema.ts';
import { argumentDescriptions } from './argument-descriptions.ts';
import { placesOf } from './describe-schema.ts';
import { fieldDescriptions } from './field-descriptions.ts';
import { ownFieldDescriptions } from './own-field-descriptions.ts';
import { rootFieldDescriptions } from './root-field-descriptions.ts';
import { typeDescriptions } from './type-descriptions.ts';
import { valueDescriptions } from './value-descriptions.ts';
import { wireFieldDescriptions } from './wire-field-descriptions.ts';

const places = placesOf(createSchema()), names = [...places.keys()];

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
