"""What the figures mean: kind, category, role, settlement, plan; reconciling them."""
