local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then io.stdout:write('TIMEOUT ' .. what .. '\n'); vim.cmd('cquit 1') end
end
local path, exp = vim.env.SCRIPT, vim.env.EXP
vim.cmd('edit ' .. path)
vim.bo.filetype = 'csharp'
local client = vim.lsp.start_client({ name = 'exp', cmd = { exp, 'lsp' }, root_dir = vim.fn.fnamemodify(path, ':h') })
local buffer = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(buffer, client)
wait('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
local d = vim.diagnostic.get(buffer)[1]
io.stdout:write(string.format('%d:%d %s\n', d.lnum + 1, d.col + 1, d.message))
-- mend it by hand; the diagnostic goes
local started = vim.loop.hrtime()
vim.api.nvim_buf_set_text(buffer, d.lnum, d.end_col, d.lnum, d.end_col, { 'e' })
wait('no diagnostics', function() return #vim.diagnostic.get(buffer) == 0 end)
io.stdout:write('mended\n')
local position = { line = vim.fn.search('curve\\.Id') - 1, character = vim.fn.match(vim.fn.getline(vim.fn.search('curve\\.Id')), 'Id') }
local answer = vim.lsp.buf_request_sync(buffer, 'textDocument/completion', { textDocument = vim.lsp.util.make_text_document_params(), position = position }, 60000)
local found = {}
for _, item in ipairs(answer[client].result) do found[item.label] = true end
io.stdout:write('completion ' .. tostring(found['Id']) .. ' ' .. tostring(found['LearningRate']) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('quitall!')
