import { ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/page.ts';
import { AuditEvent } from './audit-event.entity.ts';

@ObjectType()
export class AuditConnection extends connectionOf('Audit', () => AuditEvent) {}
