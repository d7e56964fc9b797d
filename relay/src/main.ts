/** The relay process: reads the configuration, and is a worker, or the supervisor of several. */
import pino from 'pino';
import { settleCollection } from './collection.ts';
import { describeConfig, limitHeaderBlock, readConfig, type Config } from './config.ts';
import { CannotStart } from './failure/cannot-start.ts';
import { cannotStart, Supervisor } from './supervisor.ts';
import { armCrashPoints } from './trace/crash-point.ts';

const headerBlockBytes = 16 * 1_024;
/** A bug that reached the top: the process is in no state that anyone has thought of. */
const brokenCode = 70;

function readArguments(argv: readonly string[]): { help: boolean; worker: number | undefined } {
  const at = argv.indexOf('--worker');
  return { help: argv.includes('--help'), worker: at < 0 ? undefined : Number(argv[at + 1]) };
}

async function beWorker(config: Config, number: number): Promise<void> {
  const log = pino({ level: config.logLevel, base: { worker: number } });
  armCrashPoints(process.env);
  settleCollection();
  limitHeaderBlock(headerBlockBytes);
  const { startWorker } = await import('./worker.ts');   // after the limit was set: loading the sockets reads it
  const worker = await startWorker(config, number, log).catch((error: unknown) => {
    if (error instanceof CannotStart) log.fatal(error.message); else log.fatal({ err: error }, 'the start failed');
    process.exit(cannotStart);
  });
  const stop = (): void => {
    worker.stop().then(() => process.exit(0), (error: unknown) => { log.fatal({ err: error }, 'the end failed'); process.exit(brokenCode); });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);                        // the supervisor is gone
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => log.error({ err: error }, 'a bug that no exchange owns'));
  }
}

async function supervise(config: Config): Promise<void> {
  const supervisor = new Supervisor(process.argv[1] ?? '', pino({ level: config.logLevel }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => supervisor.stop(signal));
  process.exit(await supervisor.run(config.workers));
}

const { help, worker } = readArguments(process.argv.slice(2));
if (help) {
  console.log(`Weir relay\n\n${describeConfig()}`);
} else {
  const config = readConfig(process.env);
  if ('faults' in config) {
    for (const fault of config.faults) console.error(fault);
    process.exit(cannotStart);
  }
  if (worker !== undefined || config.workers === 1) await beWorker(config, worker ?? 1);
  else await supervise(config);
}
