"""From labelled pairs to the shipped entailment model; not part of the package."""
