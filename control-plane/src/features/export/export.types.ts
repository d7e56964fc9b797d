import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { LogFilter } from '../log/log.inputs.ts';
import { LogScopeName } from '../log/tail/tail-events.ts';
import { Export, ExportFormat, ExportKind } from './export.entity.ts';

@InputType({ description: 'What to write into a file.' })
export class ExportInput {
  @Field(() => ExportKind, { description: 'What the rows are.' })
  kind!: ExportKind;

  @Field(() => ExportFormat, { defaultValue: ExportFormat.CSV, description: 'How the file is written.' })
  format!: ExportFormat;

  @Field(() => LogFilter, { nullable: true, description: 'Which rows of the log: the filter of its list. Absent: all.' })
  logFilter?: LogFilter | null;

  @Field(() => LogScopeName, { defaultValue: LogScopeName.SELF, description: 'Whose rows. ANY needs LOG_READ_ANY; an integration key has no rows of its own.' })
  scope!: LogScopeName;

  @Field(() => [String], { nullable: true, description: 'Columns in the order of the file; absent: all that the caller may see. Their names are those of GET /api/log/export.' })
  columns?: string[] | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether a CSV file begins with a byte order mark, by which spreadsheets know UTF-8.' })
  bom!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the file is compressed (gzip).' })
  gzip!: boolean;
}

@ObjectType({ description: 'The export that was begun, or why there is none.' })
export class ExportPayload {
  @Field(() => Export, { nullable: true, description: 'Null when it was refused.' })
  export: Export | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty otherwise.' })
  userErrors: UserError[];

  constructor(made: Export | null, userErrors: UserError[] = []) {
    this.export = made;
    this.userErrors = userErrors;
  }
}

@ObjectType({ description: 'A page of exports.' })
export class ExportConnection extends connectionOf('Export', () => Export) {}
