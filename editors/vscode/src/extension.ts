import * as os from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, Trace } from 'vscode-languageclient/node';
import { serverCommand, shellLine, startFailure } from './command';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    context.subscriptions.push(
        vscode.commands.registerCommand('experiments.restart', restart),
        vscode.commands.registerCommand('experiments.run', () => inTerminal('run')),
        vscode.commands.registerCommand('experiments.plan', () => inTerminal('plan')),
        vscode.workspace.onDidChangeConfiguration(change => {
            if (change.affectsConfiguration('experiments')) {
                void restart();
            }
        }),
    );
    await start();
}

export async function deactivate(): Promise<void> {
    await client?.stop();
}

function tool(): { command: string; args: string[] } {
    const setting = vscode.workspace.getConfiguration('experiments').get<string>('path');
    return serverCommand(setting, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, os.homedir());
}

async function start(): Promise<void> {
    const server = tool();
    client = new LanguageClient(
        'experiments',
        'Experiments',
        { run: server, debug: server },
        {
            documentSelector: [{ scheme: 'file', language: 'csharp-script' }, { scheme: 'file', pattern: '**/*.csx' }],
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.csx') },
        },
    );
    try {
        await client.start();
        const trace = vscode.workspace.getConfiguration('experiments').get<string>('trace');
        await client.setTrace(Trace.fromString(trace ?? 'off'));
    } catch (error) {
        void vscode.window.showErrorMessage(startFailure(server.command, error instanceof Error ? error.message : String(error)));
    }
}

async function restart(): Promise<void> {
    // A server that never started can't be stopped.
    if (client?.isRunning()) {
        await client.stop();
    }

    await start();
}

async function inTerminal(verb: string): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || document.isUntitled) {
        return;
    }

    await document.save();
    const terminal = vscode.window.terminals.find(t => t.name === 'Experiments') ?? vscode.window.createTerminal('Experiments');
    terminal.show(true);
    terminal.sendText(shellLine([tool().command, verb, document.uri.fsPath]));
}
