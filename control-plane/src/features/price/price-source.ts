/** Resources `price:<model>`. A model without a call price and without a model ratio has no price and no resource. */
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import { priceFields, type PriceField } from './price-fields.ts';
import { relayPrice } from './relay-price.ts';

type Row = { id: number; model: string; tiered: boolean; expression: string | null } & Record<PriceField, string | null>;

const column = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columns = ['id', 'model', 'tiered', 'expression', ...priceFields.map((field) => `${column(field)}::text as "${field}"`)].join(', ');
const current = `select ${columns} from price where retired_at is null`;

const millionths = (row: Row) => Object.fromEntries(priceFields.map((field) => [field, row[field] === null ? null : Number(row[field])]));

function toBodies(rows: Row[]): ResourceBody[] {
  return rows.flatMap((row) => {
    const price = relayPrice({ id: row.id, model: row.model, tiered: row.tiered, expression: row.expression, ...millionths(row) });
    return price ? [{ key: row.model, body: JSON.stringify(price) }] : [];
  });
}

export const priceSource: ResourceSource = {
  kind: 'price',
  async *all(sql) { yield toBodies(await sql<Row>(`${current} order by model`)); },
  async some(sql, keys) { return toBodies(await sql<Row>(`${current} and model = any($1::text[])`, [keys])); },
};
