"""Joomla: its tables as phpMyAdmin exports them, and what its web services answer."""
