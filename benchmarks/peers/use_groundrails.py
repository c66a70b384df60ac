"""groundrails at low lexical effort, the one that needs no download: fuzzy matching, BM25, unlike numbers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import groundrails
from adapter import CONTRADICTS, SUPPORTS, UNSUPPORTED, Judge, serve
from groundrails.config import load_document_processing_config
from loguru import logger


def make() -> Judge:
    """Its lexical tier."""
    logger.remove()
    groundrails.init(models="none", wordnet=False, home=str(Path.home() / "groundrails"))
    config = dataclasses.replace(load_document_processing_config(), lexical_effort="low")

    def judge(claim: str, evidence: str) -> str:
        found = groundrails.ground(claim, [evidence], config=config, ignore_language=True)
        if found.match_type == "contradicted":
            return CONTRADICTS
        return SUPPORTS if found.grounded else UNSUPPORTED

    return judge


if __name__ == "__main__":
    serve(make)
