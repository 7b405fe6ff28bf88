"""The label, the scorers, their choice on history, and the calibration of their scores."""
