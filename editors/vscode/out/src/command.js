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
exports.serverCommand = serverCommand;
exports.shellLine = shellLine;
exports.startFailure = startFailure;
const path = __importStar(require("node:path"));
/**
 * The command that the setting `experiments.path` means.
 *
 * @param setting What the user wrote; empty: `exp` on PATH.
 * @param workspaceFolder Path of the first folder that is open, if any.
 * @param home The user's home.
 */
function serverCommand(setting, workspaceFolder, home) {
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
function shellLine(words) {
    return words.map(word => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
/** What to tell people whose editor can't start the server. */
function startFailure(command, reason) {
    return `Experiments: expected \`${command} lsp\` to start, got: ${reason}. Install the tool with \`dotnet tool install --global Experiments.Tool\`, or set \`experiments.path\`.`;
}
//# sourceMappingURL=command.js.map