// Starts the supervisor in a session of its own and leaves: it is nobody's child, so neither Ctrl-C nor a kill of the
// runner's process group or tree reaches it. It keeps our standard input (closed when the runner ends) and output.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));
spawn(process.execPath, [supervisor, ...process.argv.slice(2)], { detached: true, stdio: 'inherit' }).unref();
