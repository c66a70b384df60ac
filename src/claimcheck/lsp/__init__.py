"""
The language server: drafts are checked while they are written, in any editor that speaks LSP.

It needs the extra ``lsp`` (pygls).  `claimcheck.lsp.server` alone speaks the protocol; `worker` checks, in a thread of
its own; the other modules turn what was found into diagnostics, hovers and code actions.
"""
