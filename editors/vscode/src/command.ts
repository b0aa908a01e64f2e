import * as path from 'node:path';

/** How to start the language server. */
export interface ServerCommand {
    command: string;
    args: string[];
}

/**
 * The command that the setting `experiments.path` means.
 *
 * @param setting What the user wrote; empty: `exp` on PATH.
 * @param workspaceFolder Path of the first folder that is open, if any.
 * @param home The user's home.
 */
export function serverCommand(setting: string | undefined, workspaceFolder: string | undefined, home: string): ServerCommand {
    let command = setting?.trim() || 'exp';
    if (command === '~' || command.startsWith('~/')) {
        command = path.join(home, command.slice(1));
    }

    command = command.replaceAll('${workspaceFolder}', workspaceFolder ?? '.');
    // A bare name is looked for on PATH; anything with a separator is a path, relative to what is open.
    if (/[\\/]/.test(command) && !path.isAbsolute(command) && workspaceFolder) {
        command = path.join(workspaceFolder, command);
    }

    return { command, args: ['lsp'] };
}

/** Words as a POSIX shell reads them: what a terminal is sent. */
export function shellLine(words: readonly string[]): string {
    return words.map(word => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** What to tell people whose editor can't start the server. */
export function startFailure(command: string, reason: string): string {
    return `Experiments: expected \`${command} lsp\` to start, got: ${reason}. Install the tool with \`dotnet tool install --global Experiments.Tool\`, or set \`experiments.path\`.`;
}
