"""Quality: expectation suites over the built marts, the gate and its stored verdict."""
