local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then io.stdout:write('TIMEOUT ' .. what .. '\n'); vim.cmd('cquit 1') end
end
vim.cmd('edit mistaken.csx')
local buffer = vim.api.nvim_get_current_buf()
wait('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
local d = vim.diagnostic.get(buffer)[1]
io.stdout:write(string.format('%d:%d %s\n', d.lnum + 1, d.col + 1, d.message))
-- mend it by hand; the diagnostic goes
vim.api.nvim_buf_set_text(buffer, d.lnum, d.end_col, d.lnum, d.end_col, { 'e' })
wait('no diagnostics', function() return #vim.diagnostic.get(buffer) == 0 end)
io.stdout:write('mended\n')
local position = { line = vim.fn.search('curve\\.Id') - 1, character = vim.fn.match(vim.fn.getline(vim.fn.search('curve\\.Id')), 'Id') }
local answer = vim.lsp.buf_request_sync(buffer, 'textDocument/completion', { textDocument = vim.lsp.util.make_text_document_params(), position = position }, 60000)
local found = {}
local client, completion = next(answer)
for _, item in ipairs(completion.result) do found[item.label] = true end
io.stdout:write('completion ' .. tostring(found['Id']) .. ' ' .. tostring(found['LearningRate']) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('quitall!')
