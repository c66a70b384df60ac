"""Mutation testing of the room matching; docs/trust.md says what came of it."""
