import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { SortDirection } from '../../kernel/list/page.ts';
import { Secret } from '../../kernel/scalars.ts';
import { ChannelExtras } from './channel-extras.ts';
import { ChannelStatus, CredentialMode } from './channel.entity.ts';

/** Absent leaves a field as it is, null clears it, a value sets it. */
@InputType()
export class ChannelPatch {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Int, { nullable: true, description: 'Channel type number. A change asks for the credential again.' })
  type?: number | null;

  @Field(() => [Secret], { nullable: true, description: 'Replaces the credentials; each line of an entry is one. Absent or empty keeps them.' })
  credentials?: string[] | null;

  @Field(() => [Secret], { nullable: true, description: 'Credentials to add; those that are there already are passed over.' })
  appendCredentials?: string[] | null;

  @Field(() => CredentialMode, { nullable: true })
  credentialMode?: CredentialMode | null;

  @Field(() => String, { nullable: true, description: 'Null or empty: the address of the provider. A change asks for the credential again.' })
  baseUrl?: string | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => ChannelStatus, { nullable: true })
  status?: ChannelStatus | null;

  @Field(() => Int, { nullable: true })
  priority?: number | null;

  @Field(() => Int, { nullable: true })
  weight?: number | null;

  @Field(() => String, { nullable: true })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON object as text: asked model to provider model.' })
  modelMapping?: string | null;

  @Field(() => String, { nullable: true })
  testModel?: string | null;

  @Field(() => String, { nullable: true })
  remark?: string | null;

  @Field(() => Boolean, { nullable: true })
  autoBan?: boolean | null;

  @Field(() => ChannelExtras, { nullable: true, description: 'Members that are absent stay as they are.' })
  extras?: ChannelExtras | null;
}

export enum ChannelCreateMode { SINGLE = 'SINGLE', BATCH = 'BATCH', MULTI_TO_SINGLE = 'MULTI_TO_SINGLE' }
registerEnumType(ChannelCreateMode, {
  name: 'ChannelCreateMode',
  valuesConfig: {
    SINGLE: { description: 'One channel that holds all the credentials.' },
    BATCH: { description: 'One channel for each credential.' },
    MULTI_TO_SINGLE: { description: 'The same, for a channel whose credentials are managed one by one, also while there is only one.' },
  },
});

@InputType()
export class ChannelCreateInput extends ChannelPatch {
  @Field(() => ChannelCreateMode, { defaultValue: ChannelCreateMode.SINGLE })
  mode: ChannelCreateMode = ChannelCreateMode.SINGLE;

  @Field(() => Boolean, { nullable: true, description: 'With BATCH: the name of each channel ends with the first eight characters of its credential.' })
  keyInName?: boolean | null;
}

@InputType()
export class ChannelFilter {
  @Field(() => String, { nullable: true, description: 'The id, a whole credential, or part of the name, the address or the tag.' })
  search?: string | null;

  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;

  @Field(() => [ChannelStatus], { nullable: true })
  statuses?: ChannelStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: the enabled ones; false: all others.' })
  enabled?: boolean | null;

  @Field(() => [Int], { nullable: true })
  types?: number[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Part of a model name that the channel lists.' })
  model?: string | null;
}

export enum ChannelOrderField {
  ID = 'ID', NAME = 'NAME', TYPE = 'TYPE', STATUS = 'STATUS', PRIORITY = 'PRIORITY', WEIGHT = 'WEIGHT',
  USED_QUOTA = 'USED_QUOTA', RESPONSE_TIME = 'RESPONSE_TIME', CREATED_AT = 'CREATED_AT',
}
registerEnumType(ChannelOrderField, { name: 'ChannelOrderField' });

@InputType()
export class ChannelOrder {
  @Field(() => ChannelOrderField)
  field!: ChannelOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}
