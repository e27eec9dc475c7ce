"""From a filing's bytes to rows: the domain of exit-charges, which knows no orchestrator."""
