"""The second half of the model: matrix, interviews, evidence, before and after."""
