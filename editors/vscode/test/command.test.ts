import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { serverCommand, shellLine, startFailure } from '../src/command';

test('without a setting the tool is found on PATH', () => {
    assert.deepEqual(serverCommand(undefined, '/work', '/home/me'), { command: 'exp', args: ['lsp'] });
    assert.deepEqual(serverCommand('  ', undefined, '/home/me'), { command: 'exp', args: ['lsp'] });
});

test('a bare name stays a name, so that PATH decides', () => {
    assert.equal(serverCommand('exp-nightly', '/work', '/home/me').command, 'exp-nightly');
});

test('a path may begin at home or in the workspace', () => {
    assert.equal(serverCommand('~/.dotnet/tools/exp', '/work', '/home/me').command, '/home/me/.dotnet/tools/exp');
    assert.equal(serverCommand('${workspaceFolder}/bin/exp', '/work', '/home/me').command, '/work/bin/exp');
    assert.equal(serverCommand('bin/exp', '/work', '/home/me').command, '/work/bin/exp');
    assert.equal(serverCommand('/opt/exp', '/work', '/home/me').command, '/opt/exp');
});

test('a shell line survives hostile file names', () => {
    assert.equal(shellLine(['exp', 'run', '/a/sweep.csx']), 'exp run /a/sweep.csx');
    assert.equal(shellLine(['exp', "it's; rm -rf $HOME.csx"]), `exp 'it'\\''s; rm -rf $HOME.csx'`);
});

test('a failure to start says what to do', () => {
    const text = startFailure('/opt/exp', 'ENOENT');
    assert.match(text, /`\/opt\/exp lsp`/);
    assert.match(text, /experiments\.path/);
});

test('the manifest names what the code registers', () => {
    const root = path.join(__dirname, '../..');
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const source = readFileSync(path.join(root, 'src/extension.ts'), 'utf8');
    for (const { command } of manifest.contributes.commands) {
        assert.ok(source.includes(`'${command}'`), command);
    }

    assert.ok(readFileSync(path.join(root, manifest.main), 'utf8').includes('activate'));
    for (const file of [manifest.contributes.grammars[0].path, manifest.contributes.languages[0].configuration]) {
        JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    }
});
