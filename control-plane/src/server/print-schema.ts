/** Prints the schema to standard output; `pnpm gen` writes it to /schema.graphql. */
import { createSchema, printSchema } from './schema.ts';

process.stdout.write(printSchema(createSchema()));
