import { ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { Drawing } from './drawing.entity.ts';
import { Task } from './task.entity.ts';

@ObjectType()
export class TaskConnection extends connectionOf('Task', () => Task) {}

@ObjectType()
export class DrawingConnection extends connectionOf('Drawing', () => Drawing) {}
