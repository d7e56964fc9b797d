import { Migration } from '@mikro-orm/migrations';

export class Migration20261120173200_session_ended extends Migration {

  override name = 'Migration20261120173200_session_ended';

  override up(): void | Promise<void> {
    this.addSql(`alter table "session" add "ended" boolean not null default false;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "session" drop column if exists "ended";`);
  }

}
