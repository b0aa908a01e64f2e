"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.activate = activate;
exports.deactivate = deactivate;
const os = __importStar(require("node:os"));
const vscode = __importStar(require("vscode"));
const node_1 = require("vscode-languageclient/node");
const command_1 = require("./command");
let client;
async function activate(context) {
    context.subscriptions.push(vscode.commands.registerCommand('experiments.restart', restart), vscode.commands.registerCommand('experiments.run', () => inTerminal('run')), vscode.commands.registerCommand('experiments.plan', () => inTerminal('plan')), vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('experiments')) {
            void restart();
        }
    }));
    await start();
}
async function deactivate() {
    await client?.stop();
}
function tool() {
    const setting = vscode.workspace.getConfiguration('experiments').get('path');
    return (0, command_1.serverCommand)(setting, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, os.homedir());
}
async function start() {
    const server = tool();
    client = new node_1.LanguageClient('experiments', 'Experiments', { run: server, debug: server }, {
        documentSelector: [{ scheme: 'file', language: 'csharp-script' }, { scheme: 'file', pattern: '**/*.csx' }],
        revealOutputChannelOn: node_1.RevealOutputChannelOn.Never,
        synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.csx') },
    });
    try {
        await client.start();
        const trace = vscode.workspace.getConfiguration('experiments').get('trace');
        await client.setTrace(node_1.Trace.fromString(trace ?? 'off'));
    }
    catch (error) {
        void vscode.window.showErrorMessage((0, command_1.startFailure)(server.command, error instanceof Error ? error.message : String(error)));
    }
}
async function restart() {
    // A server that never started can't be stopped.
    if (client?.isRunning()) {
        await client.stop();
    }
    await start();
}
async function inTerminal(verb) {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || document.isUntitled) {
        return;
    }
    await document.save();
    const terminal = vscode.window.terminals.find(t => t.name === 'Experiments') ?? vscode.window.createTerminal('Experiments');
    terminal.show(true);
    terminal.sendText((0, command_1.shellLine)([tool().command, verb, document.uri.fsPath]));
}
//# sourceMappingURL=extension.js.map