"""
Every Python process that finds this module first refuses whatever would leave the machine, and writes down what it was.

Python's own audit events are heard, so that no library gets around it; what happens inside of a compiled engine that
opens sockets without Python is not seen.
"""

import os
import socket
import sys
from pathlib import Path

#: Events that ask for the address of a name.
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
#: Events whose first argument is a socket.
_USES = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
#: urllib3, which spaCy imports, sees by it whether there is IPv6; nothing is sent or heard.
_HARMLESS = ("socket.bind", ("::1", 0))


def _guard(event, arguments):
    outside = event in _LOOKUPS or (event in _USES and arguments[0].family != socket.AF_UNIX)
    if (event, *arguments[1:]) == _HARMLESS:
        return
    if outside or event == "urllib.Request":
        with Path(os.environ["NETWORK_LOG"]).open("a", encoding="utf-8") as log:
            log.write(f"{event} {arguments[1:]} {sys.argv}\n")
        message = f"no network here: {event}"
        raise RuntimeError(message)


sys.addaudithook(_guard)
