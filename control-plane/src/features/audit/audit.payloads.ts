import { ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { AuditEvent } from './audit-event.entity.ts';

@ObjectType()
export class AuditConnection extends connectionOf('Audit', () => AuditEvent) {}
