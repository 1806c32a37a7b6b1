"""The procedure by which a Thai public office publishes information."""

__version__ = "0.1.0"
