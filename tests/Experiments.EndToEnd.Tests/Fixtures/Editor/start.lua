-- `vim.lsp.start` came with 0.8.
vim.lsp.start = vim.lsp.start or function(config)
  vim.lsp.buf_attach_client(vim.api.nvim_get_current_buf(), vim.lsp.start_client(config))
end
