from .retention import RetentionRule

# What an office's Web Master keeps in the admin.
TABLES = (RetentionRule,)

__all__ = ["TABLES", "RetentionRule"]
