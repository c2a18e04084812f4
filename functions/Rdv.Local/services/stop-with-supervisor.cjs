// Loaded before each service. The channel to the supervisor closes when the supervisor ends, even by SIGKILL:
// the service then stops as if it had been asked to. SIGINT is the only signal on which Azurite saves its data.
process.channel?.unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGINT'));
