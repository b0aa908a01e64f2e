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
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
const strict_1 = __importDefault(require("node:assert/strict"));
const node_fs_1 = require("node:fs");
const path = __importStar(require("node:path"));
const node_test_1 = require("node:test");
const command_1 = require("../src/command");
(0, node_test_1.test)('without a setting the tool is found on PATH', () => {
    strict_1.default.deepEqual((0, command_1.serverCommand)(undefined, '/work', '/home/me'), { command: 'exp', args: ['lsp'] });
    strict_1.default.deepEqual((0, command_1.serverCommand)('  ', undefined, '/home/me'), { command: 'exp', args: ['lsp'] });
});
(0, node_test_1.test)('a bare name stays a name, so that PATH decides', () => {
    strict_1.default.equal((0, command_1.serverCommand)('exp-nightly', '/work', '/home/me').command, 'exp-nightly');
});
(0, node_test_1.test)('a path may begin at home or in the workspace', () => {
    strict_1.default.equal((0, command_1.serverCommand)('~/.dotnet/tools/exp', '/work', '/home/me').command, '/home/me/.dotnet/tools/exp');
    strict_1.default.equal((0, command_1.serverCommand)('${workspaceFolder}/bin/exp', '/work', '/home/me').command, '/work/bin/exp');
    strict_1.default.equal((0, command_1.serverCommand)('bin/exp', '/work', '/home/me').command, '/work/bin/exp');
    strict_1.default.equal((0, command_1.serverCommand)('/opt/exp', '/work', '/home/me').command, '/opt/exp');
});
(0, node_test_1.test)('a shell line survives hostile file names', () => {
    strict_1.default.equal((0, command_1.shellLine)(['exp', 'run', '/a/sweep.csx']), 'exp run /a/sweep.csx');
    strict_1.default.equal((0, command_1.shellLine)(['exp', "it's; rm -rf $HOME.csx"]), `exp 'it'\\''s; rm -rf $HOME.csx'`);
});
(0, node_test_1.test)('a failure to start says what to do', () => {
    const text = (0, command_1.startFailure)('/opt/exp', 'ENOENT');
    strict_1.default.match(text, /`\/opt\/exp lsp`/);
    strict_1.default.match(text, /experiments\.path/);
});
(0, node_test_1.test)('the manifest names what the code registers', () => {
    const root = path.join(__dirname, '../..');
    const manifest = JSON.parse((0, node_fs_1.readFileSync)(path.join(root, 'package.json'), 'utf8'));
    const source = (0, node_fs_1.readFileSync)(path.join(root, 'src/extension.ts'), 'utf8');
    for (const { command } of manifest.contributes.commands) {
        strict_1.default.ok(source.includes(`'${command}'`), command);
    }
    strict_1.default.ok((0, node_fs_1.readFileSync)(path.join(root, manifest.main), 'utf8').includes('activate'));
    for (const file of [manifest.contributes.grammars[0].path, manifest.contributes.languages[0].configuration]) {
        JSON.parse((0, node_fs_1.readFileSync)(path.join(root, file), 'utf8'));
    }
});
//# sourceMappingURL=command.test.js.map