"""hallucinotype without a language model and without spaCy: its detectors of names, years and numbers."""

from __future__ import annotations

from adapter import CONTRADICTS, SUPPORTS, Judge, serve
from hallucinotype.pipeline import HallucinoTypePipeline, PipelineConfig


def make() -> Judge:
    """Its pipeline; a hallucination that it can name the kind of counts as a contradiction."""
    pipeline = HallucinoTypePipeline(PipelineConfig(use_llm_judge=False, use_spacy=False))
    return lambda claim, evidence: CONTRADICTS if pipeline.run(claim, evidence).is_hallucinated() else SUPPORTS


if __name__ == "__main__":
    serve(make)
