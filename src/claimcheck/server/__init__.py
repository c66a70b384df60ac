"""
The newsroom's server: an HTTP API over an index of articles, and the page that uses it.

It needs the extra ``server`` (FastAPI, uvicorn).  `run` opens the socket; `app` and the ``routes_`` modules speak
HTTP; `gate` lets requests in or refuses them; `workers` and `process` check, in processes of their own; `history`
keeps what was checked and decided.
"""
