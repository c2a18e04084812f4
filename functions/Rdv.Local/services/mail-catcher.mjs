// The mail catcher as a process of its own: node mail-catcher.mjs SMTP_PORT WEB_PORT DIRECTORY
import { createLogger, createOrchestrator, getDefaultConfig, setupShutdownHandlers } from 'maildev';

const [smtp, web, mailDirectory] = process.argv.slice(2);
const logger = createLogger({ silent: true });
const orchestrator = createOrchestrator({
  config: {
    ...getDefaultConfig(),
    smtp: Number(smtp),
    ip: '127.0.0.1',
    web: Number(web),
    webIp: '127.0.0.1',
    mailDirectory,
    // All of them are loaded at the start and held in memory.
    maxEmails: 5000,
    silent: true,
  },
  logger,
});
try {
  await orchestrator.start();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

setupShutdownHandlers({ orchestrator, logger });
process.send({ ready: true });
