"""
A server of the Model Context Protocol: verify, check and open a source, for writing assistants.

`tools` says what can be asked and answers it; `server` speaks the protocol, and is the only module that imports the SDK
(the extra ``mcp``).
"""
