"""What the portal costs, beside baselines measured in the same run. How to read it: docs/bench.md."""
