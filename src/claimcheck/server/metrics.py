"""Figures for Prometheus: requests, checks, verdicts. No name, text or address is among their labels."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

import claimcheck

TYPE = CONTENT_TYPE_PLAIN_0_0_4
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        name = "claimcheck_http_requests"
        self._requests = Counter(name, "Requests that were answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "claimcheck_http_seconds",
            "Seconds from a request's head to the end of its answer; streams of events are left out.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._checks = Counter("claimcheck_checks", "Checks by how they ended.", ("state",), registry=self._registry)
        info = Gauge("claimcheck_info", "Always 1; the version is a label.", ("version",), registry=self._registry)
        info.labels(version=claimcheck.__version__).set(1)

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Ask for a figure whenever the figures are read."""
        Gauge(f"claimcheck_{name}", meaning, registry=self._registry).set_function(value)

    def request(self, scope: MutableMapping[str, Any], status: int, seconds: float) -> None:
        """Count an answer."""
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "DELETE"} else "other"
        self._requests.labels(method=method, route=route, status=str(status)).inc()
        if not route.endswith("/events"):
            self._seconds.labels(route=route).observe(seconds)

    def check(self, state: str) -> None:
        """Count a check that has ended."""
        self._checks.labels(state=state).inc()

    def text(self) -> bytes:
        """All figures, in Prometheus' text format."""
        return generate_latest(self._registry)
