/** What the operator announces: entries of an option, typed for those who may not read options. */
import { Ctx, Field, GraphQLISODateTime, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { announcementForm } from '../option/areas/panel-options.ts';
import { optionsOf } from '../option/option-values.ts';

export enum AnnouncementType { DEFAULT = 'DEFAULT', ONGOING = 'ONGOING', SUCCESS = 'SUCCESS', WARNING = 'WARNING', ERROR = 'ERROR' }
registerEnumType(AnnouncementType, { name: 'AnnouncementType', description: 'How it is shown.' });

@ObjectType()
export class Announcement {
  @Field(() => String, { description: 'Markdown or HTML, as the operator wrote it.' })
  content!: string;

  @Field(() => GraphQLISODateTime)
  publishedAt!: Date;

  @Field(() => AnnouncementType)
  type!: AnnouncementType;

  @Field(() => String, { description: 'A remark below it; empty when there is none.' })
  extra!: string;
}

@Resolver()
export class AnnouncementResolver {
  @AllowPublic()
  @Query(() => [Announcement], { description: 'The newest first; none while the panel is off. The operator writes them in the option console_setting.announcements.' })
  async announcements(@Ctx() ctx: RequestContext): Promise<Announcement[]> {
    const values = await optionsOf(ctx, ['console_setting.announcements', 'console_setting.announcements_enabled']);
    if (values.get('console_setting.announcements_enabled') !== 'true') return [];
    const entries = announcementForm.parse(JSON.parse(values.get('console_setting.announcements')!));
    return entries.map(({ content, publishDate, type, extra }) => ({ content, publishedAt: new Date(publishDate), type: type.toUpperCase() as AnnouncementType, extra }))
      .sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime());
  }
}
