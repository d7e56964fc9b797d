import { registerEnumType } from 'type-graphql';

export enum StepUpMethod { PASSWORD = 'PASSWORD', TOTP = 'TOTP', BACKUP_CODE = 'BACKUP_CODE' }
registerEnumType(StepUpMethod, {
  name: 'StepUpMethod', description: 'Ways to prove who is there.',
  valuesConfig: { PASSWORD: { description: 'Only for somebody who has nothing stronger.' } },
});
