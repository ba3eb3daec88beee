"""The coach's base: settings, logs, clocks, tasks, files, child processes and the HTTP server."""
